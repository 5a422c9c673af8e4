import { diffComponent } from '../../lib/plan/diff';

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
});
