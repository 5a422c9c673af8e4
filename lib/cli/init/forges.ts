import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { OwnPackage } from '../../package-version';

/** Forges that have a workflow of ours. */
export const FORGES = ['github', 'gitlab', 'azure', 'none'] as const;
export type Forge = (typeof FORGES)[number];

/** Where each looks for it. */
const WORKFLOW_PATHS: Readonly<Record<Exclude<Forge, 'none'>, string>> = {
  github: '.github/workflows/client-apps.yml',
  gitlab: '.gitlab-ci.yml',
  azure: 'azure-pipelines.yml',
};

/** The workflow of a forge, by its path in the project. */
export function workflowOf(forge: Forge, { folder }: OwnPackage): readonly (readonly [string, string])[] {
  if (forge === 'none') return [];
  return [[WORKFLOW_PATHS[forge], readFileSync(join(folder, 'templates', `${forge}.yml`), 'utf8')]];
}
