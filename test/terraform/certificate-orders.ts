import { fingerprintOf } from '../../lib/values/certificate';
import type { Resources } from './core';
import type { Components } from './org-judge';
import { UNTIL } from './typed-hcl';
import type { Config } from './wire-values';

// What may happen to an app that may have a certificate, and what of the certificate may be in the org afterwards.

export const STEPS = [
  'states the first certificate',
  'states the second certificate',
  'states none',
  'states its removal',
  'changes the header',
  'changes the consumer',
  'applies again',
  'refreshes',
  'an admin removes it',
  'an admin puts another in its place',
  'someone rewrites the description',
  'loses the state',
  'imports it',
  'destroys and creates it',
] as const;
/** What a core that we play has not. */
export const OF_TERRAFORM = ['replaces it', 'taints it'] as const;
export type Step = (typeof STEPS | typeof OF_TERRAFORM)[number];

/** What the configuration says. */
export interface Wish {
  readonly certificate: 'none' | 'first' | 'second' | 'removed';
  readonly renamed: boolean;
  readonly widened: boolean;
}
export const FIRST_WISH: Wish = { certificate: 'none', renamed: false, widened: false };

export function wishAfter(step: Step, wish: Wish): Wish {
  if (step === 'states the first certificate') return { ...wish, certificate: 'first' };
  if (step === 'states the second certificate') return { ...wish, certificate: 'second' };
  if (step === 'states none') return { ...wish, certificate: 'none' };
  if (step === 'states its removal') return { ...wish, certificate: 'removed' };
  if (step === 'changes the header') return { ...wish, renamed: !wish.renamed };
  if (step === 'changes the consumer') return { ...wish, widened: !wish.widened };
  return wish;
}

/** PEM texts: of the configuration, and the one that an admin puts in their place. */
export interface Certificates {
  readonly first: string;
  readonly second: string;
  readonly foreign: string;
}
const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

/** A resource that has a certificate, and where the org keeps what it is about. */
export interface Kind {
  readonly address: string;
  readonly config: (wish: Wish) => Config;
  readonly header: readonly [type: string, fullName: string];
  readonly consumer: readonly [type: string, fullName: string, record?: string];
  /** The org may keep a certificate to itself. */
  readonly mayHide: boolean;
}

const excuse = { reason: 'a feed', approved_by: 'ciso@acme.example', expires: UNTIL };

export const KINDS: readonly Kind[] = [
  {
    address: 'salesforce_machine_client_app.feed',
    header: ['ExternalClientApplication', 'Feed'],
    consumer: ['ExtlClntAppGlobalOauthSettings', 'Feed_glbloauth'],
    mayHide: true,
    config: ({ renamed, widened }) => ({
      label: renamed ? 'Renamed' : 'Feed',
      contact_email: 'iam@acme.example',
      scopes: ['Api'],
      permitted_users: { policy: 'pre_authorized', permission_sets: ['Partner_Portal_Access'] },
      client_credentials: { run_as: 'billing.sync@acme.example', justification: excuse },
      ...(widened && { introspect_all_tokens: { enabled: true, justification: excuse } }),
    }),
  },
  {
    address: 'salesforce_external_client_app.feed',
    header: ['ExternalClientApplication', 'Feed'],
    consumer: ['ExtlClntAppGlobalOauthSettings', 'Feed_glbloauth'],
    mayHide: true,
    config: ({ renamed, widened }) => ({
      client_type: 'private',
      app: { label: renamed ? 'Renamed' : 'Feed', contact_email: 'iam@acme.example' },
      global_oauth: { callback_url: [`https://portal.acme.example/${widened ? 'b' : 'a'}`] },
      oauth: { comma_separated_oauth_scopes: ['RefreshToken', 'Api'] },
      oauth_policies: {
        permitted_users_policy_type: 'AdminApprovedPreAuthorized',
        comma_separated_permission_set: ['Partner_Portal_Access'],
      },
    }),
  },
  {
    address: 'salesforce_connected_app.feed',
    header: ['ConnectedApp', 'Feed'],
    consumer: ['ConnectedApp', 'Feed', 'oauthConfig'],
    mayHide: false,
    config: ({ renamed, widened }) => ({
      client_type: 'private',
      creation_allowed_by_support: true,
      app: {
        label: renamed ? 'Renamed' : 'Feed',
        contact_email: 'iam@acme.example',
        permission_set_name: ['Partner_Portal_Access'],
      },
      oauth_config: {
        callback_url: [`https://portal.acme.example/${widened ? 'b' : 'a'}`],
        scopes: ['RefreshToken', 'Api'],
        is_admin_approved: true,
      },
    }),
  },
];

/** The same text whichever of the two certificates is which. */
export function eitherCertificate(text: string, { first, second }: Certificates): string {
  const pairs = [
    ['"first"', '"second"'],
    [body(first), body(second)],
    [fingerprintOf(first) ?? '', fingerprintOf(second) ?? ''],
  ] as const;
  const swapped = pairs.reduce(
    (found, [one, other]) => found.replaceAll(one, '\0').replaceAll(other, one).replaceAll('\0', other),
    text,
  );
  return text < swapped ? text : swapped;
}

/** The same text whether or not it is renamed, and widened: the steps change nothing but that, back and forth. */
export const eitherWay = (text: string): string =>
  text
    .replaceAll('Renamed', 'Feed')
    .replaceAll('acme.example/b', 'acme.example/a')
    .replaceAll(/"(renamed|widened|isIntrospectAllTokens|is_introspect_all_tokens)":(true|false)/g, '"$1":"either"')
    .replaceAll(/"introspect_all_tokens":(null|\{[^{}]*\{[^{}]*\}[^{}]*\})/g, '"introspect_all_tokens":"either"');

export const configOf = ({ address, config }: Kind, wish: Wish, certificates: Certificates): Resources =>
  new Map([
    [
      address,
      {
        api_name: 'Feed',
        deletion_protection: false,
        ...config(wish),
        ...((wish.certificate === 'first' || wish.certificate === 'second') && {
          certificate: certificates[wish.certificate],
        }),
        ...(wish.certificate === 'removed' && { allow_certificate_removal: true }),
      },
    ],
  ]);

/** The certificate that the org has, by its own state. */
export function heldIn(components: Components, { consumer: [type, fullName, record] }: Kind): string | undefined {
  const fields = components[type]?.[fullName]?.fields;
  const holder = record === undefined ? fields : (fields?.[record] as Config | undefined);
  return holder?.['certificate'] as string | undefined;
}

/** What the org's description says of it: a fingerprint, none, or nothing. */
export function recordedIn(components: Components, { header: [type, fullName] }: Kind): string | undefined {
  const description = components[type]?.[fullName]?.fields['description'];
  if (typeof description !== 'string' || !description.includes('Managed as code by')) return undefined;
  return (
    /sha256:([0-9a-f]{64})/.exec(description)?.[1] ?? (description.includes('no certificate') ? 'none' : undefined)
  );
}

/** What somebody does in Setup. */
export function meddle(step: Step, components: Components, kind: Kind, { foreign }: Certificates): void {
  const [type, fullName, record] = kind.consumer;
  const fields = components[type]?.[fullName]?.fields ?? {};
  const holder = (record === undefined ? fields : fields[record]) as Record<string, unknown> | undefined;
  if (step === 'an admin removes it') delete holder?.['certificate'];
  if (step === 'an admin puts another in its place' && holder) holder['certificate'] = body(foreign);
  const header = components[kind.header[0]]?.[kind.header[1]]?.fields;
  if (step === 'someone rewrites the description' && header) header['description'] = 'made by hand';
}

interface Before {
  readonly kind: Kind;
  readonly held: string | undefined;
  readonly recorded: string | undefined;
  readonly readable: boolean;
  readonly certificates: Certificates;
  /** The app is made anew, so that there is no before. */
  readonly isNew: boolean;
}

/** Which certificates the org may hold after an apply that went through; undefined for none. */
export function allowed(wish: Wish, before: Before): readonly (string | undefined)[] {
  const { kind, held, recorded, readable, certificates, isNew } = before;
  // Nobody can see what an admin did: the record is of the time before, and the org keeps certificates to itself, or may.
  const isOld = recorded !== undefined && recorded !== (held === undefined ? 'none' : fingerprintOf(held));
  const isHidden = !isNew && isOld && kind.mayHide && (!readable || held === undefined);
  if (wish.certificate === 'first' || wish.certificate === 'second') {
    const stated = body(certificates[wish.certificate]);
    return isHidden ? [stated, held] : [stated];
  }
  if (isNew) return [undefined];
  if (wish.certificate === 'removed') return isHidden ? [undefined, held] : [undefined];
  return isHidden && recorded === 'none' ? [undefined, held] : [held];
}
