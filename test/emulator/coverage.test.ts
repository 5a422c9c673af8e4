import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { coverageMarkdown } from '../../lib/emulator/coverage';
import { fieldKnown, schemaOf } from '../../lib/emulator/schema/schema';
import { METADATA_TYPES } from '../../lib/emulator/schema/types';

const PATH = join(__dirname, '../../lib/emulator/COVERAGE.md');

describe('COVERAGE.md', () => {
  it('is what the code says (npm run generate writes it)', () => {
    expect(readFileSync(PATH, 'utf8')).toBe(coverageMarkdown());
  });
});

describe('the schema', () => {
  const fields = (type: string, version: number): readonly string[] =>
    [...(schemaOf(type)?.fields.values() ?? [])].filter((field) => fieldKnown(field, version)).map(({ name }) => name);

  it('describes every type the emulator knows, and every type those refer to', () => {
    const simple = new Set([
      'string',
      'boolean',
      'int',
      'long',
      'double',
      'date',
      'dateTime',
      'base64Binary',
      'anyType',
      'time',
    ]);
    const seen = new Set<string>();
    const visit = (name: string, from: string): void => {
      // Menus of a site hold menus.
      if (seen.has(name)) return;
      seen.add(name);
      const schema = schemaOf(name);
      if (schema === undefined) expect([from, name, simple.has(name)]).toEqual([from, name, true]);
      for (const field of schema?.fields.values() ?? []) visit(field.type, `${name}.${field.name}`);
    };
    for (const { name } of METADATA_TYPES) {
      expect(schemaOf(name)?.kind).toBe('metadata');
      visit(name, 'types');
    }
  });

  it.each([
    ['ExtlClntAppGlobalOauthSettings', 'isCodeCredFlowEnabled', 61, 68],
    ['ExtlClntAppGlobalOauthSettings', 'isEnforceRefreshTokenTTL', 67, 68],
    ['ExtlClntAppGlobalOauthSettings', 'isMtlsEnabled', 68, 68],
    ['ExtlClntAppOauthConfigurablePolicies', 'isNamedUserJwtEnabled', 61, 63],
    ['ExtlClntAppOauthConfigurablePolicies', 'commaSeparatedProfile', 62, 68],
    ['ExtlClntAppOauthConfigurablePolicies', 'namedUserJwtSessionTimeoutType', 65, 68],
    ['ExtlClntAppConfigurablePolicies', 'startPage', 62, 68],
    ['ExtlClntAppConfigurablePolicies', 'isCanvasPluginEnabled', 65, 68],
    ['ExternalClientAppSettings', 'enableExternalClientApps', 60, 62],
    ['ConnectedApp', 'pluginExecutionUser', 60, 66],
    ['ConnectedAppOauthConfig', 'isDPopEnabled', 68, 68],
    ['ExtlClntAppSamlConfigurablePolicies', 'startUrl', 63, 63],
  ])('has %s.%s from version %d to %d', (type, field, first, last) => {
    const versions = [60, 61, 62, 63, 64, 65, 66, 67, 68].filter((version) => fields(type, version).includes(field));
    expect([versions[0], versions.at(-1)]).toEqual([first, last]);
  });
});
