import type { ClientKind, Platform } from '../../declaration/client-app';
import type { Exchange } from '../wire';
import type { WireCall } from './wire';

/**
 * `survives`: the client went on, as it has to. `breaks`: it did not, and the org had refused it something, or only a person
 * who logs in anew could help. `not-evaluated`: what happened says nothing about the settings.
 */
export type ClientOutcome = 'survives' | 'breaks' | 'not-evaluated';

/** What made a client break. */
export interface Because {
  /** What Salesforce calls the setting that decides it, `ExtlClntAppGlobalOauthSettings.isPkceRequired`; left out: no setting does. */
  readonly field?: string;
  /** Its value, as JSON; left out where none is stated. */
  readonly value?: string;
  /** The value in the org of --as-in. */
  readonly value_today?: string;
  readonly why: string;
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly about: string;
  readonly outcome: ClientOutcome;
  /** What the client did, in words. */
  readonly did: string;
  readonly because?: Because;
  /** Its last words, where it failed; without tokens and secrets. */
  readonly output?: string;
  /** Every request and answer, where they are asked for; those of a login that serves several scenarios once. */
  readonly exchanges?: readonly Exchange[];
}

/** One kind of call, and how often. */
export interface WireCount extends WireCall {
  readonly count: number;
}

/** The client on one set of settings. */
export interface ClientRun {
  readonly outcome: ClientOutcome;
  /** Where its calls are taken to come from, as the app has an allowlist of refresh tokens. */
  readonly assumed_address?: string;
  readonly scenarios: readonly ScenarioResult[];
  readonly wire: readonly WireCount[];
}

/** What the plan does to the client. */
export type ClientChange = 'goes-on' | 'breaks-after-plan' | 'is-mended' | 'stays-broken' | 'not-evaluated';

export interface ClientToday {
  readonly org: string;
  readonly run: ClientRun;
  readonly change: ClientChange;
  /** Scenarios that survive today, and break on what is declared. */
  readonly newly_broken: readonly string[];
}

export interface ClientProof {
  readonly org: string;
  readonly app: string;
  readonly label: string;
  readonly platform: Platform;
  readonly kind: ClientKind;
  readonly path: string;
  /** On what the program declares. */
  readonly declared: ClientRun;
  /** On what an org has today, and what the plan changes about that. */
  readonly today?: ClientToday;
}
