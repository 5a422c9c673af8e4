import { OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { fieldOf } from '../../lib/metadata/fields';
import type { Option } from '../../lib/options/option';
import { ROWS } from '../../lib/options/table';
import { optionReference } from '../../scripts/option-reference';
import { readOptions } from '../../scripts/read-options';
import { valueClasses } from '../../scripts/value-reference';

const FILES = ['common', 'interactive', 'platform', 'by-kind'].map((name) => `constructs/props/${name}.ts`);

/** Of each field that the option decides, on the platform that a docstring speaks of: the versions that it came with. */
const versionsOf = ({ fields = [] }: Option): readonly (readonly number[])[] =>
  fields.map(({ eca, ca }) => {
    const onConnectedApp = typeof ca === 'string' ? ca : ca?.field;
    const { since, kind } = eca ? fieldOf(eca.type, eca.field) : fieldOf('ConnectedApp', onConnectedApp ?? '');
    return [since, ...(kind.kind === 'choice' ? Object.values(kind.literalsSince ?? {}) : [])];
  });

describe('docs/options.md', () => {
  it('has a row for each option, with default, unit, limit, version and source', () => {
    const rows = optionReference().split('\n');
    const rowOf = (option: string): string => rows.find((each) => each.startsWith(`| \`${option}\` `)) ?? '';
    const row = rowOf('accessTokens');
    expect(row).toContain('AccessTokens.opaque(Duration.minutes(60))');
    expect(row).toContain('minutes; opaque: 1 to 1,440');
    expect(row).toContain('JWT: 61');
    expect(row).toContain('Salesforce Help');
    expect(rowOf('label')).toMatch(/\| required +\|/);
  });

  it('names the versions that the field table names, and leaves out none that the whole option needs', () => {
    const wrong = FILES.flatMap((file) => readOptions(file)).flatMap(({ options }) =>
      options.flatMap(({ name, tags }) => {
        const row = ROWS.find((each) => each.name === name);
        const versions = row ? versionsOf(row) : [];
        const needed = Math.min(...versions.map(([since = 0]) => since));
        const said = (tags['since'] ?? '').match(/\d+/g)?.map(Number) ?? [];
        const lacking = versions.length > 0 && needed > OLDEST_API_VERSION && !said.includes(needed);
        return lacking || !said.every((version) => versions.flat().includes(version)) ? [{ name, said, versions }] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has a way to write every kind of value', () => {
    const text = optionReference();
    for (const name of ['PermittedUsers', 'IpRelaxation', 'RefreshTokenPolicy', 'Scope', 'Duration', 'Certificate']) {
      expect(text).toContain(`### Writing ${name}\n`);
    }
    const all = valueClasses().flatMap(({ values }) => values);
    expect(all.length).toBeGreaterThan(80);
    expect(all.filter(({ meaning }) => meaning === '')).toEqual([]);
  });

  it('is not written where an option has no description, or is optional and has no default', () => {
    const text = 'export interface A {\n  readonly b: string;\n  /** What c is. */\n  readonly c?: string;\n}';
    expect(() => readOptions('a.ts', () => true, text)).toThrow(
      'a.ts: A.b has no description\na.ts: A.c is optional and has no @default',
    );
  });
});
