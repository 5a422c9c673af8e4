/** Audits a folder of many apps in a process of its own and prints time and peak memory as JSON. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { openSource } from '../lib/cli/source-files';
import { packageFiles } from '../lib/metadata/package/package-files';
import { observe } from '../lib/metadata/observe';
import { readManifest } from '../lib/metadata/manifest-file';
import { auditFiles } from '../lib/operations/audit-files';
import { checkApp } from '../lib/policy/check';
import { externalClientAppPosture } from '../lib/policy/posture/external-client-app';
