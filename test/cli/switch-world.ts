import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { TODAY } from './support';

const used = (uses: number, app: string, user: string) => ({
  ...{ app, user: `${user}@acme.example`, created: '2026-01-01T00:00:00Z', lastUsed: '2026-11-20T00:00:00Z', uses },
  ...{ refreshToken: `EMULATORREFRESH${uses}`, accessToken: `EMULATORACCESS${uses}` },
  deleteToken: `EMULATORDELETE${uses}`,
});
const APPS = ['Ticket', 'Order_Feed', 'Legacy_Portal'];
/** An app that no one installed, an External Client App and a Connected App, with two tokens each. */
export const FILES = new Map([
  ...[...messySeed(new Date(`${TODAY}T00:00:00Z`))].filter(([path]) => /Order_Feed|Legacy_Portal/.test(path)),
  [
    'org.json',
    JSON.stringify({
      users: [{ username: 'ann@acme.example' }, { username: 'cem@acme.example' }],
      usage: {
        uninstalledApps: [{ label: 'Ticket', consumerKey: '3MVG9TICKET' }],
        tokens: APPS.flatMap((app, n) => [used(2 * n + 1, app, 'ann'), used(2 * n + 2, app, 'cem')]),
      },
    }),
  ] as const,
]);

interface OrgState {
  readonly components: Readonly<Record<string, Readonly<Record<string, { readonly fields: Record<string, unknown> }>>>>;
  readonly usage: { readonly grants: readonly { readonly app: { readonly name: string } }[] };
}

/** What commands change in an org, without what Salesforce counts and dates. */
export function standingOf(text: string) {
  const { components, usage } = JSON.parse(text) as OrgState;
  const fields = Object.entries(components).map(([type, all]) => [
    type,
    Object.entries(all).map(([name, component]) => [name, component.fields]),
  ]);
  const tokensOf = (app: string): number => usage.grants.filter((grant) => grant.app.name === app).length;
  return {
    text: JSON.stringify([fields, APPS.map(tokensOf)]),
    tokensOf,
    isOff: (app: string): boolean =>
      app === 'Order_Feed'
        ? Object.values(components['ExtlClntAppConfigurablePolicies'] ?? {}).some(
            ({ fields: { externalClientApplication: name, isEnabled } }) => name === app && isEnabled === false,
          )
        : JSON.stringify(components['ConnectedApp']?.[app]?.fields ?? {}).includes('Client_Apps_Locked_Out'),
  };
}
