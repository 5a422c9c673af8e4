/**
 * Things that never happen unless someone asks for them by name. App names are API names; every list is empty and every
 * switch off where no one asks.
 */
export interface NamedConsents {
  /** Apps created by hand that are adopted. */
  readonly adopt: readonly string[];
  /** Stopped apps that are turned back on. */
  readonly re_enable: readonly string[];
  /** Managed apps, no longer declared, that are deleted. */
  readonly allow_delete: readonly string[];
  /** Apps deleted in the org that are created again, with a new consumer key. */
  readonly allow_recreate: readonly string[];
  /** Apps left alone in this run, whatever the code says. */
  readonly except: readonly string[];
  /** Apps whose unreadable certificate may be removed. */
  readonly allow_certificate_removal: readonly string[];
  /** Apps that may be changed although the login of this run may be refused by them afterward. */
  readonly accept_lockout: readonly string[];
  /** True: every managed app that is no longer declared is deleted. */
  readonly prune: boolean;
  /** True: unchanged certificates are sent again if the org does not return them. */
  readonly resend_certificates: boolean;
}

/** All that is known of one consent: anything that needs a fact about consents takes it from the table of these. */
export interface Consent {
  /** Whose names it takes; those of apps that nothing declares are known to the org alone. */
  readonly takes: 'declared apps' | 'any apps' | 'nothing';
  /** What its flag of plan and apply does. */
  readonly says: string;
  /** Other commands that have the flag, and what it does there if that differs. */
  readonly also?: Readonly<Record<string, string | undefined>>;
  /** What never happens without it, for docs/safety.md. Left out: it asks for less, or another consent says it. */
  readonly never?: string;
  /** Where it is an option of an app under Terraform, too. */
  readonly inTerraform?: {
    /** What its attribute does. */
    readonly says: string;
    /** What only the command line does under the other engine. */
    readonly act: string;
    /** Why a Connected App has nothing of it. */
    readonly notOnConnectedApps?: string;
    readonly notRecalled: string;
  };
}

/** Every consent, in the order in which help and saved plans list them. */
export const CONSENTS = {
  adopt: {
    takes: 'declared apps',
    says: 'adopt an app that already exists in the org',
    never: 'adopting an app that was created by hand',
  },
  re_enable: {
    takes: 'declared apps',
    says: 'turn a stopped app back on',
    never: 'turning an app back on that someone stopped in the org',
    inTerraform: {
      says: 'Turns the app back on after someone stopped it in the org. Default: false; a stopped app stays stopped.',
      act: 'a stopped app is switched on',
      notOnConnectedApps: 'metadata cannot stop it, so there is nothing to switch on again',
      notRecalled: 'an app that someone stopped stays stopped',
    },
  },
  allow_delete: {
    takes: 'any apps',
    says: 'delete an app that this code manages and no longer declares',
    also: { destroy: 'delete this app; a Connected App is deleted only if it is named' },
    never: 'deleting an app that the code no longer declares; only apps with the ownership line of this code',
  },
  allow_recreate: {
    takes: 'declared apps',
    says: 're-create an app that was deleted in the org, with a new key',
    never: 're-creating an app that was deleted in the org (with a new consumer key)',
  },
  except: {
    takes: 'declared apps',
    says: 'leave this app alone in this run',
    also: { drift: undefined, heal: undefined },
  },
  allow_certificate_removal: {
    takes: 'declared apps',
    says: 'remove a certificate that is no longer declared',
    never: 'removing a certificate that the code no longer declares',
    inTerraform: {
      says:
        'Confirms that the app needs no certificate: an existing one is removed, which stops every client that signs with ' +
        'its key. Needed once, if certificate_fingerprint is not "none" and certificate is not set. Default: false.',
      act: 'a certificate is removed',
      notRecalled: 'an import takes no certificate away',
    },
  },
  accept_lockout: {
    takes: 'any apps',
    says: 'allow a change that can cut off the login of this run',
    also: { destroy: undefined, revoke: undefined, stop: undefined, delete: undefined, incident: undefined },
    never: 'cutting off the login that runs the apply',
    inTerraform: {
      says:
        'Accepts that this app may refuse the login of the provider after the change. To delete the app of that ' +
        'login, apply true first. Default: false.',
      act: 'a lock-out is accepted',
      notRecalled: 'an import cuts no login off',
    },
  },
  prune: {
    takes: 'nothing',
    says: 'delete every app that this code manages and no longer declares',
    never: 'deleting every app that the code no longer declares',
  },
  resend_certificates: {
    takes: 'nothing',
    says: 'send unchanged certificates again if the org does not return them',
    also: { heal: 'send certificates that the org does not return, even if nothing indicates that they were lost' },
  },
} as const satisfies { readonly [N in keyof NamedConsents]: Consent & TakesOf<NamedConsents[N]> };

type TakesOf<Value> = { readonly takes: Value extends boolean ? 'nothing' : 'declared apps' | 'any apps' };

export type ConsentName = keyof NamedConsents;

/** Consents that name apps. */
export type AppConsent = {
  [N in ConsentName]: NamedConsents[N] extends readonly string[] ? N : never;
}[ConsentName];

/** Consents that are an option of an app as well. */
export type OptionConsent = {
  [N in ConsentName]: (typeof CONSENTS)[N] extends { readonly inTerraform: object } ? N : never;
}[ConsentName];

/** `re_enable` as authors and programs write it: `reEnable`. */
export type InProgram<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<InProgram<Rest>>}`
  : Name;

/** The table, where it does not matter which consent it is. */
export const consentRows = (): readonly (readonly [ConsentName, Consent])[] =>
  Object.entries(CONSENTS) as (readonly [ConsentName, Consent])[];

/** Asks for nothing. */
export const NOTHING_ASKED = Object.fromEntries(
  consentRows().map(([name, { takes }]) => [name, takes === 'nothing' ? false : []]),
) as unknown as NamedConsents;

export const APP_CONSENTS = consentRows()
  .filter(([, { takes }]) => takes !== 'nothing')
  .map(([name]) => name) as readonly AppConsent[];

export const OPTION_CONSENTS = consentRows()
  .filter(([, { inTerraform }]) => inTerraform !== undefined)
  .map(([name]) => name) as readonly OptionConsent[];

/** The flag of the command line: `--re-enable`. */
export const flagOf = (consent: ConsentName): string => `--${consent.replaceAll('_', '-')}`;

/** The same as programs write it: `reEnable`. */
export const inProgram = <Name extends ConsentName>(consent: Name): InProgram<Name> =>
  consent.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as InProgram<Name>;
