import { liveList, liveText, liveValue } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import { namespaceOf } from '../values/api-name';
import type { ImportedOrg } from './model';

/**
 * One thing that a migration depends on. `refuses`: it cannot be done that way. `changes`: it can, and clients or people
 * notice. `not-evaluated`: nothing that was read shows it, and a person has to look.
 */
export interface MigrationCheck {
  readonly check: string;
  readonly verdict: 'refuses' | 'changes' | 'not-evaluated' | 'fine';
  /** `button`: Migrate to External Client App in Setup. `beside`: a new app with its own key. */
  readonly ways: readonly MigrationWay[];
  readonly because: string;
}
export type MigrationWay = 'button' | 'beside';

const BOTH: readonly MigrationWay[] = ['button', 'beside'];

/** What is known of the logins of the app: the flows they name, or why they were not read. */
export type KnownFlows = { readonly flows: readonly string[] } | { readonly unread: string };

/** What keeps a Connected App from becoming an External Client App, and what changes on the way. */
export function checksOf(app: ObservedApp, org: ImportedOrg, logins: KnownFlows): readonly MigrationCheck[] {
  return [packaged(app), oauth(app), passwords(org, logins), registration(app), ...plugins(app), ...always(app)];
}

function packaged({ apiName }: ObservedApp): MigrationCheck {
  const namespace = namespaceOf(apiName);
  return namespace === undefined
    ? { check: 'packages', verdict: 'fine', ways: BOTH, because: 'its name has no namespace of a package' }
    : {
        check: 'packages',
        verdict: 'refuses',
        ways: BOTH,
        because: `it was installed from the package ${namespace}: only its publisher can migrate it, and Salesforce migrates only local apps`,
      };
}

function oauth(app: ObservedApp): MigrationCheck {
  const has = liveList(app, 'callbackUrls').length > 0;
  return has
    ? { check: 'OAuth', verdict: 'fine', ways: BOTH, because: 'it has OAuth settings' }
    : {
        check: 'OAuth',
        verdict: 'refuses',
        ways: ['beside'],
        because: 'it has no OAuth settings, so there is no client to declare',
      };
}

/** External Client Apps have no such flow at all; whether a Connected App uses it is in no metadata. */
function passwords({ observed }: ImportedOrg, logins: KnownFlows): MigrationCheck {
  const check = 'username-password flow';
  const settings = observed.settings['OauthOidcSettings'];
  const blocked = settings?.state === 'present' && settings.component.fields['blockOAuthUnPwFlow'] === true;
  if (blocked) return { check, verdict: 'fine', ways: BOTH, because: 'the org blocks that flow' };
  const seen = 'flows' in logins ? logins.flows.find((flow) => /user-?name.?password/i.test(flow)) : undefined;
  if (seen !== undefined) {
    const because = `logins by ${seen} were seen, and External Client Apps do not have that flow: move those clients to JWT bearer or client credentials first`;
    return { check, verdict: 'refuses', ways: BOTH, because };
  }
  const why = 'unread' in logins ? `logins were not read (${logins.unread})` : 'no login by it was seen';
  const because = `${why}, and the org does not block that flow: a client that uses it rarely would stop`;
  return { check, verdict: 'not-evaluated', ways: BOTH, because };
}

function registration(app: ObservedApp): MigrationCheck {
  const check = 'headless registration';
  const asks = liveList(app, 'scopes').some((scope) => /registration/i.test(scope));
  return asks
    ? {
        check,
        verdict: 'refuses',
        ways: BOTH,
        because: 'it can request the scope of headless registration, which External Client Apps do not support',
      }
    : { check, verdict: 'fine', ways: BOTH, because: 'it does not request that scope' };
}

/** The parts beside OAuth that the constructs do not write. */
function plugins({ otherComponents: parts }: ObservedApp): readonly MigrationCheck[] {
  const has = (name: string): boolean => parts.includes(`ConnectedApp:${name}`);
  const beside = (check: string): readonly MigrationCheck[] => [
    {
      check,
      verdict: 'refuses',
      ways: ['beside'],
      because: `its ${check} settings would have to be made again in Setup: the constructs do not write them`,
    },
  ];
  return [
    ...(has('samlConfig') ? beside('SAML') : []),
    ...(has('canvasConfig') ? beside('canvas') : []),
    ...(has('mobileAppConfig')
      ? [
          ...beside('mobile app'),
          {
            check: 'push notifications',
            verdict: 'not-evaluated' as const,
            ways: ['button' as const],
            because:
              'push settings are in no metadata of a Connected App; Salesforce refuses the migration if they are invalid (an expired P12 certificate, a legacy server key for Android)',
          },
          {
            check: 'mobile app',
            verdict: 'changes' as const,
            ways: ['button' as const],
            because: 'the app disappears from notification delivery and from Briefcase assignments; assign it again',
          },
        ]
      : []),
  ];
}

function always(app: ObservedApp): readonly MigrationCheck[] {
  const signs = liveValue(app, 'certificate') !== undefined;
  return [
    {
      check: 'refresh token IP allowlist',
      verdict: 'changes',
      ways: BOTH,
      because:
        'it is not carried over, and no metadata of the Connected App shows whether there is one: look in Setup, declare it for the new app, and edit one entry there, as Salesforce honors the list only after that',
    },
    {
      check: 'consumer key',
      verdict: 'changes',
      ways: ['beside'],
      because: 'every client gets a new consumer key, and a new secret if it has one; every user has to approve again',
    },
    {
      check: 'label',
      verdict: 'changes',
      ways: ['beside'],
      because:
        'the login history identifies apps only by their label: the new app needs a different one, or its logins cannot be distinguished from those of the old app',
    },
    ...(signs
      ? [
          {
            check: 'Dev Hub',
            verdict: 'not-evaluated' as const,
            ways: BOTH,
            because:
              'if it logs in to a Dev Hub by JWT to create scratch orgs, keep the Connected App: that failed with External Client Apps (C-1016)',
          },
        ]
      : []),
  ];
}

/** How people know it. */
export const labelOf = (app: ObservedApp): string => liveText(app, 'label') ?? app.apiName;
