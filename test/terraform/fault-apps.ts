import type { Resources } from './core';
import { UNTIL } from './typed-hcl';
import type { Config } from './wire-values';

const EXCEPTION = [
  { controls: ['SFCA-APP-SELF-AUTHORIZED'], reason: 'a portal', approved_by: 'ciso@acme.example', expires: UNTIL },
];
const WIRE = 'salesforce_external_client_app.portal';
const TYPED = 'salesforce_private_client_app.desk';
/** API names by address. */
export const NAMES: Readonly<Record<string, string>> = { [WIRE]: 'Portal', [TYPED]: 'Desk' };

/** An app with the metadata's names, and one with the options of its kind. */
export const twoApps = (label: string, { protects = true } = {}): Resources =>
  new Map<string, Config>([
    [
      WIRE,
      {
        api_name: 'Portal',
        client_type: 'private',
        app: { label, contact_email: 'iam@acme.example' },
        global_oauth: { callback_url: ['https://portal.acme.example/a'] },
        oauth: { comma_separated_oauth_scopes: ['RefreshToken', 'Api'] },
        oauth_policies: { permitted_users_policy_type: 'AllSelfAuthorized' },
        exception: EXCEPTION,
        deletion_protection: protects,
      },
    ],
    [
      TYPED,
      {
        api_name: 'Desk',
        label,
        contact_email: 'iam@acme.example',
        scopes: ['RefreshToken', 'Api'],
        permitted_users: { policy: 'self_authorized' },
        callback_urls: ['https://desk.acme.example/a'],
        exception: EXCEPTION,
        deletion_protection: protects,
      },
    ],
  ]) as Resources;

const NO_APP: Resources = new Map();
/** What an apply can do with apps. */
export const CHANGES: readonly (readonly [string, Resources, Resources])[] = [
  ['a create', NO_APP, twoApps('One')],
  ['an update', twoApps('One'), twoApps('Two')],
  ['a deletion', twoApps('One', { protects: false }), NO_APP],
];
