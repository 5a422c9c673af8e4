import type { DeclaredComponent } from '../../../lib/metadata/component';
import { ASSET_TOKEN_NAMES } from '../../../lib/options/other-words';
import type { FieldValue, OwnedValue } from '../../../lib/options/owned';
import { backwards, renamed } from '../../../lib/options/records';
import { unpackRefreshTokenPolicy } from '../../../lib/options/refresh-token-policy';
import { type Place, placeOf, type Setting, SETTINGS, settings as oauth } from '../../../lib/options/settings';

type Translation = readonly [own: string, theirs: (value: FieldValue) => readonly (readonly [Place, FieldValue])[]];

const { refreshTokenType, refreshTokenPeriod, refreshTokenUnit, startUrl, startPage } = SETTINGS;

/** Where a Connected App says in one field what an External Client App says in several. */
const SEVERAL: readonly Translation[] = [
  [
    'oauthPolicy.refreshTokenPolicy',
    (value) => {
      const policy = typeof value === 'string' ? unpackRefreshTokenPolicy(value) : undefined;
      if (!policy) return [];
      const type = [refreshTokenType.eca, policy.type] as const;
      if (!('period' in policy)) return [type];
      return [type, [refreshTokenPeriod.eca, policy.period], [refreshTokenUnit.eca, policy.unit]];
    },
  ],
  ['startUrl', (url) => [[startUrl.eca, url], ...(url === '' ? [] : [[startPage.eca, 'OAuth'] as const])]],
  [
    'oauthConfig.assetTokenConfig',
    (value) =>
      Object.entries(renamed(backwards(ASSET_TOKEN_NAMES))(value)).map(([name, member]) => [oauth(name), member]),
  ],
];
/** The field of an External Client App that is most like one of those. */
export const ONE_OF_SEVERAL: Readonly<Record<string, string>> = {
  refreshTokenValidityPeriod: 'oauthPolicy.refreshTokenPolicy',
  assetTokenValidity: 'oauthConfig.assetTokenConfig',
};

const APART = new Set(SEVERAL.map(([own]) => own));

const TRANSLATIONS: readonly Translation[] = [
  ...Object.values<Setting>(SETTINGS).flatMap((setting): readonly Translation[] => {
    const { eca, ca } = setting;
    const own = placeOf(setting, 'connected-app')?.field;
    if (own === undefined || !eca || APART.has(own)) return [];
    return [
      [
        own,
        (value) => {
          const theirs = typeof ca === 'object' ? ca.from(value) : value;
          return theirs === undefined ? [] : [[eca, theirs]];
        },
      ],
    ];
  }),
  ...SEVERAL,
];

/** The types of an External Client App that a Connected App says something of. */
const TYPES = [SETTINGS.label, SETTINGS.consumerKey, SETTINGS.scopes, SETTINGS.permittedUsers, SETTINGS.startPage].map(
  ({ eca }) => eca.type,
);

/** A Connected App in the words of External Client Apps: the same app, as far as those can say it. */
export function asExternalClientApp({ fullName, fields }: DeclaredComponent): readonly DeclaredComponent[] {
  const parts = new Map(TYPES.map((type) => [type, new Map<string, OwnedValue>()] as const));
  for (const [own, theirs] of TRANSLATIONS) {
    const found = fields[own];
    for (const [{ type, field }, value] of found ? theirs(found.value) : []) {
      if (found) parts.get(type)?.set(field, { value, ownership: found.ownership });
    }
  }
  return [...parts].map(([type, own]) => ({ type, fullName, fields: Object.fromEntries(own) }));
}
