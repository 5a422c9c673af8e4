import { SYSTEM_CLOCK } from '../../lib/org/clock';
import { createProvider } from '../../lib/terraform/provider';
import type { Attribute } from '../../lib/terraform/schema/attribute';
import { upgrade } from '../../lib/terraform/schema/upgrade';
import { type DynamicValue, readValue } from '../../lib/terraform/wire/value';

const text = (name: string): Attribute => ({ name, type: 'string', mode: 'optional', description: 'A text.' });
const renamed = {
  version: 2,
  attributes: [text('api_name'), text('callbacks')],
  upgrades: [
    ({ callback, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, callback_url: callback }) as never,
    ({ callback_url: url, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, callbacks: url }) as never,
  ],
};

describe('a state of an earlier version of a resource', () => {
  it.each([
    [0, { api_name: 'A', callback: 'https://a.example' }],
    [1, { api_name: 'A', callback_url: 'https://a.example' }],
    [2, { api_name: 'A', callbacks: 'https://a.example' }],
  ])('takes every step from version %s on, and loses nothing', (version, state) => {
    expect(upgrade(renamed, { version, state })).toEqual({
      state: { api_name: 'A', callbacks: 'https://a.example' },
      diagnostics: [],
    });
  });

  it('is refused where it is newer than the provider, or so old that no step begins there', () => {
    const newer = upgrade(renamed, { version: 3, state: {} });
    expect(newer.state).toBeUndefined();
    expect(newer.diagnostics).toMatchObject([
      { severity: 'error', detail: expect.stringMatching(/version 3 .* reads up to 2/) as string },
    ]);
    expect(upgrade({ ...renamed, upgrades: [] }, { version: 1, state: {} }).diagnostics).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('never loses a value in silence', () => {
    const nested: Attribute = { ...text('app'), type: { nesting: 'single', attributes: [text('label')] } };
    const schema = { version: 0, attributes: [text('api_name'), nested] };
    const state = { api_name: 'A', app: { label: 'x', color: 'red' }, owner: 'me', gone: null };
    expect(upgrade(schema, { version: 0, state }).diagnostics).toMatchObject([
      { severity: 'warning', detail: expect.stringMatching(/has no app\.color, owner:/) as string },
    ]);
  });
});

interface Answer {
  readonly upgraded_state?: DynamicValue;
  readonly diagnostics: readonly object[];
}

describe('the provider', () => {
  const call = async (version: number, state: object): Promise<Answer> => {
    const provider = createProvider({ environment: {}, clock: SYSTEM_CLOCK });
    const raw = { json: Buffer.from(JSON.stringify(state)) };
    return {
      diagnostics: [],
      ...(await provider.UpgradeResourceState?.({
        type_name: 'salesforce_external_client_app',
        version,
        raw_state: raw,
      })),
    };
  };

  it('reads the version that Terraform sends with a state', async () => {
    const { upgraded_state: upgraded, diagnostics } = await call(0, { api_name: 'Portal', client_type: 'private' });
    expect(diagnostics).toEqual([]);
    expect(readValue(upgraded)).toMatchObject({ api_name: 'Portal', client_type: 'private' });
    const newer = await call(1, { api_name: 'Portal' });
    expect(newer.upgraded_state).toBeUndefined();
    expect(newer.diagnostics).toMatchObject([{ severity: 1 }]);
    expect((await call(0, { api_name: 'Portal', flavor: 'x' })).diagnostics).toMatchObject([{ severity: 2 }]);
  });
});
