import { optionReference } from '../../scripts/option-reference';
import { readOptions } from '../../scripts/read-options';

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

  it('is not written where an option has no description, or is optional and has no default', () => {
    const text = 'export interface A {\n  readonly b: string;\n  /** What c is. */\n  readonly c?: string;\n}';
    expect(() => readOptions('a.ts', () => true, text)).toThrow(
      'a.ts: A.b has no description\na.ts: A.c is optional and has no @default',
    );
  });
});
