import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import { readConfig } from '../../lib/cli/config/read-config';
import { document, ROOT } from './documents';

const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'schemas/config.schema.json'), 'utf8')) as object;

it.each(['docs/audit.md', 'docs/compromised-app.md', 'docs/configuration.md'])(
  '%s shows a configuration that is one, for the program and for an editor',
  (page) => {
    const [example, ...others] = document(page).blocks.filter(({ language }) => language === 'json');
    expect(others).toEqual([]);
    expect(readConfig(example?.text ?? '', 'the example')).toMatchObject({ ok: true });
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile(SCHEMA);
    expect([validate(JSON.parse(example?.text ?? '')), validate.errors]).toEqual([true, null]);
  },
);
