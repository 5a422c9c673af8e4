import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

import type { Emulator } from '../../lib/emulator';
import { deleteApp, fastOrg, login, type Project, project, switchPkceOff, twoApps } from './support';

/** As a program of someone else reads what a command printed: by the schema that is published. */
function problems(name: string, printed: string): unknown {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats(ajv);
  const schema = JSON.parse(readFileSync(join(__dirname, `../../schemas/${name}.schema.json`), 'utf8')) as object;
  const validate = ajv.compile(schema);
  return validate(JSON.parse(printed)) ? [] : validate.errors;
}

describe('what a command prints as JSON has the published shape', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeAll(async () => {
    here = project();
    salesforce = await fastOrg({ seedDir: 'ten-years' });
    here.synth(twoApps);
    expect((await here.run('apply --auto-approve', { environment: login(salesforce) })).code).toBe(0);
    await switchPkceOff(salesforce);
    await deleteApp(salesforce, 'Portal');
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });

  it.each([
    ['audit', 'audit --format json', 3],
    ['audit', 'audit --format json --with-usage --pack partner-mandate-2026', 3],
    ['drift', 'drift --json --who --unknown-apps', 2],
    ['outputs', 'outputs --json', 0],
    ['migration', 'migrate Customer_Portal_2019 --json', 1],
    ['migration', 'migrate Postman --json', 0],
    ['control-list', 'explain --list --json', 0],
    ['schema-diff', 'schema diff 60 68 --json', 0],
    ['plan-answer', 'plan --json', 1],
    ['status', 'status --format json --who', 2],
    ['usage', 'usage --format json', 0],
    ['doctor', 'doctor --json', 0],
  ])('%s: %s', async (schema, line, exitCode) => {
    const { code, stdout, stderr } = await here.run(line, { environment: login(salesforce) });
    expect([code, stderr]).toEqual([exitCode, expect.any(String)]);
    expect(problems(schema, stdout)).toEqual([]);
  });

  it('and a schema refuses what a command does not print', () => {
    const printed = JSON.stringify({ format_version: '1.0', orgs: [{ org: 'prod', secret: 'x' }] });
    for (const schema of ['drift', 'outputs']) expect(problems(schema, printed)).not.toEqual([]);
    expect(problems('audit', printed)).not.toEqual([]);
  });
});
