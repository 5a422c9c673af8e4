import fc from 'fast-check';

import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import type { DeclaredComponent } from '../../lib/metadata/component';
import { CONNECTED_APP_TYPES, EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES } from '../../lib/metadata/fields';
import type { ComponentType, Field } from '../../lib/metadata/fields/field';
import { toComponents } from '../../lib/metadata/to-components';
import { appsAt } from '../constructs/arbitraries';
import { connectedAppsAt } from '../constructs/connected-app-arbitraries';
import { declaredIn } from '../constructs/declared';

const TYPES = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...CONNECTED_APP_TYPES];

/**
 * Why an author cannot state the field, for every field that a program could decide and none does. A new field of the
 * table needs an option, or its reason here.
 */
const WITHOUT_OPTION: Readonly<Record<string, string>> = {
  'ExternalClientApplication.isProtected':
    'hides the component from those who install a package: decided where the app is packaged, and left to the org',
  'ExtlClntAppGlobalOauthSettings.label': 'a name inside the org that nobody sees; Salesforce makes one',
  'ExtlClntAppOauthSettings.label': 'a name inside the org that nobody sees; Salesforce makes one',
  'ExtlClntAppOauthConfigurablePolicies.label': 'a name inside the org that nobody sees; Salesforce makes one',
  'ExtlClntAppConfigurablePolicies.label': 'a name inside the org that nobody sees; Salesforce makes one',
  'ExtlClntAppOauthSecuritySettings.label': 'a name inside the org that nobody sees; Salesforce makes one',
};

/**
 * Fields that every app is written with and no option gives another value: an author who could would only weaken the app,
 * or work against the command line.
 */
const WITHOUT_CHOICE: Readonly<Record<string, string>> = {
  'ExternalClientApplication.distributionState':
    'an app that is declared as code belongs to the org that it is declared in; packaging is done elsewhere',
  'ExtlClntAppConfigurablePolicies.isEnabled': 'a declared app is on; the command stop switches it off in an emergency',
  'ExtlClntAppConfigurablePolicies.isOauthPluginEnabled':
    'a declared app is an OAuth client; the command stop switches it off in an emergency',
};

/** Options that only tighten, or only switch off, state one value; to leave them out is the other one. */
const ONE_WAY = /\.isEnforceRefreshTokenTTL$|\.is(Attest|Canvas|Mobile|Notification|Push|Saml)PluginEnabled$/;

const seed = 20261121;
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

/** What apps with every option at random become, in every version: a few hundred of each. */
const written: readonly DeclaredComponent[] = versions.flatMap((version) => {
  const some = { numRuns: 120, seed };
  const random = [...fc.sample(appsAt(version), some), ...fc.sample(connectedAppsAt(version), some)];
  return random.flatMap((app) => toComponents(declaredIn(version, app), 'identity/prod', version));
});

/** Values by `Type.field`, and members of records by `Type.field.member`, as JSON. */
function valuesWritten(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, value: unknown) =>
    found.set(name, (found.get(name) ?? new Set<string>()).add(JSON.stringify(value)));
  for (const { type, fields } of written) {
    for (const [name, { value }] of Object.entries(fields)) {
      add(`${type}.${name}`, value);
      for (const row of [value].flat()) {
        if (typeof row !== 'object') continue;
        for (const [member, one] of Object.entries(row)) add(`${type}.${name}.${member}`, one);
      }
    }
  }
  return found;
}

/** Names of what a program could decide, members of records included. */
function authored({ name: type, fields }: ComponentType): readonly string[] {
  const names = ({ name, kind }: Field): readonly string[] => [
    name,
    ...(kind.kind === 'record' || kind.kind === 'records' ? kind.fields.map((member) => `${name}.${member.name}`) : []),
  ];
  return fields
    .filter(({ role }) => role === 'author')
    .flatMap((field) => names(field).map((name) => `${type}.${name}`));
}

describe('every field of an app that a program could decide', () => {
  const values = valuesWritten();
  const all = TYPES.flatMap(authored);

  it('has an option, or a reason why it has none', () => {
    expect(all.filter((name) => !values.has(name)).sort()).toEqual(Object.keys(WITHOUT_OPTION).sort());
  });

  it('can be given another value, or there is a reason why not', () => {
    const flags = TYPES.flatMap(({ name: type, fields }) =>
      fields
        .filter(({ role, kind }) => role === 'author' && (kind.kind === 'boolean' || kind.kind === 'choice'))
        .map(({ name }) => `${type}.${name}`),
    );
    const fixed = flags.filter((name) => values.get(name)?.size === 1);
    expect(fixed.filter((name) => !ONE_WAY.test(name)).sort()).toEqual(Object.keys(WITHOUT_CHOICE).sort());
  });

  it('is in no list of reasons once it is gone from the table', () => {
    const stale = [...Object.keys(WITHOUT_OPTION), ...Object.keys(WITHOUT_CHOICE)].filter(
      (name) => !all.includes(name),
    );
    expect(stale).toEqual([]);
  });
});
