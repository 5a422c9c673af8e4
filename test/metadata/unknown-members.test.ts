import { encode } from '../../lib/metadata/encode';
import { diffComponent } from '../../lib/plan/diff';
import { read } from './random-components';

const TYPE = 'ExtlClntAppOauthSettings';
const declared = (value: readonly Record<string, string>[]) => ({
  type: TYPE,
  name: 'A',
  preserved: [],
  fields: { customAttributes: { value, ownership: 'stated' as const } },
});
const live = {
  type: TYPE,
  fullName: 'A',
  fields: { customAttributes: [{ key: 'a', formula: 'b', fromTheFuture: 'x' }] },
};

describe('members of a newer version in rows that the code declares', () => {
  it('are no difference', () => {
    expect(diffComponent(declared([{ key: 'a', formula: 'b' }]), live, 66, 'A').changes).toEqual([]);
  });

  it('are written back in the rows that stay', () => {
    const rows = [
      { key: 'a', formula: 'b' },
      { key: 'c', formula: 'd' },
    ];
    const { changes, merged } = diffComponent(declared(rows), live, 66, 'A');
    expect(changes).toHaveLength(1);
    expect(merged.fields['customAttributes']).toEqual([
      { key: 'a', formula: 'b', fromTheFuture: 'x' },
      { key: 'c', formula: 'd' },
    ]);
  });

  it('stay with their rows through plan and file, also where they are no plain text', () => {
    const row = (key: string, more = ''): string =>
      `<customAttributes><key>${key}</key><formula>f</formula>${more}</customAttributes>`;
    const text = `<${TYPE}>${row('a', '<new><deep>1</deep></new>')}${row('z')}</${TYPE}>`;
    const component = read(TYPE, text);
    if (typeof component === 'string') throw new Error(component);
    const wanted = [
      { key: 'a', formula: 'f' },
      { key: 'b', formula: 'f' },
    ];
    expect(
      diffComponent(declared([{ key: 'z', formula: 'f' }, ...wanted.slice(0, 1)]), component, 66, 'A').changes,
    ).toEqual([]);
    const { changes, merged } = diffComponent(declared(wanted), component, 66, 'A');
    expect(changes).toHaveLength(1);
    const written = encode(merged, { apiVersion: 66 }).replace(/>\s+</g, '><');
    expect(written).toContain('<formula>f</formula><key>a</key><new><deep>1</deep></new>');
    expect(written).not.toContain('<key>z</key>');
  });

  it('make no news of rows that stay: to take another row away lets less through', () => {
    const rows = [
      { key: 'a', formula: 'b', fromTheFuture: 'x' },
      { key: 'z', formula: 'b' },
    ];
    const org = { ...live, fields: { customAttributes: rows } };
    const [change] = diffComponent(declared([{ key: 'a', formula: 'b' }]), org, 66, 'A').changes;
    expect(change).toMatchObject({ effect: 'narrows', after: { value: [rows[0]] } });
  });
});
