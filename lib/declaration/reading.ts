import type { CatalogCode, EntryName } from '../values/catalog';
import { holdsCredential } from '../values/credential';
import { diagnose, diagnoseInWords, type Facts } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { Problem } from '../values/problem';
import type { ClientKind, Exception, Platform } from './client-app';
import { PerOrg } from './options/per-org';
import type { Props } from './read/props';

/** What the declaration of one app is judged against. All of it is input: nothing here looks at a clock. */
export interface DeclareContext {
  /** Construct path of the app. */
  readonly path: string;
  /** Construct id of the org, by which `Username.perOrg` is looked up. */
  readonly org: string;
  /** Construct id of the app, the default API name. */
  readonly id: string;
  /** Metadata API version. */
  readonly apiVersion: number;
  /** Today, as `YYYY-MM-DD`. */
  readonly today: string;
  /** How Terraform drives the deploy: the engine null can pass on nothing that only Terraform knows. Default: null. */
  readonly engine?: 'null' | 'provider';
  /** The contact of apps that state none. */
  readonly contactEmail?: string;
}

/** A declaration while it is read: problems and exceptions gather here, so that all of them are reported at once. */
export class Reading {
  readonly context: DeclareContext;
  readonly kind: ClientKind | 'org';
  /** What the app is stored as. */
  readonly platform: Platform;
  /** All that the author gave: some options depend on others. */
  readonly props: Props;
  /** Options that may have a value which only Terraform knows. */
  readonly late: ReadonlySet<string>;
  readonly diagnostics: Diagnostic[] = [];
  readonly exceptions: Exception[] = [];

  constructor(
    context: DeclareContext,
    kind: ClientKind | 'org',
    app: { readonly platform?: Platform; readonly props?: Props; readonly late?: ReadonlySet<string> } = {},
  ) {
    this.context = context;
    this.kind = kind;
    this.platform = app.platform ?? 'external-client-app';
    this.props = app.props ?? {};
    this.late = app.late ?? new Set();
  }

  /** Records a problem of an option. The value is shown unless it is left out: leave out whatever may be a secret. */
  report(
    code: CatalogCode,
    field: string,
    problem: Problem,
    value?: { readonly given: unknown; readonly source?: string },
  ) {
    this.diagnostics.push(
      diagnoseInWords(code, {
        path: this.context.path,
        field,
        problem: problem.problem,
        ...(value && { value: shownSafely(value.given) }),
        allowed: problem.allowed,
        remedy: problem.remedy,
        ...(value?.source !== undefined && { source: value.source }),
      }),
    );
  }

  /** Records a problem of an option in the words of the catalog. */
  found<C extends EntryName>(
    code: C,
    at: { readonly field: string; readonly given?: unknown; readonly source?: string },
    ...facts: Facts<C>
  ): void {
    const { given, ...place } = at;
    const value = 'given' in at ? { value: shownSafely(given) } : {};
    this.diagnostics.push(diagnose(code, { path: this.context.path, ...place, ...value }, ...facts));
  }

  /** Records that an option has a value of the wrong kind. */
  wrongType(field: string, value: unknown, allowed: string): void {
    const problem = value === null ? 'the value is null' : `the value is ${describe(value)}`;
    this.report('wrong-type', field, { problem, allowed, remedy: `give ${allowed}` }, { given: value });
  }

  /**
   * Reads a value that may differ between orgs. The reader gets this org's value; where none is stated for this org,
   * that is reported and the result is undefined.
   */
  perOrg<T>(value: unknown, field: string, read: (value: unknown) => T): T | undefined {
    if (!PerOrg.is(value)) return read(value);
    const { org } = this.context;
    const names = typeof value.byOrg === 'object' && value.byOrg !== null ? Object.entries(value.byOrg) : [];
    const found = names.find(([name, one]) => name === org && one !== undefined);
    if (found) return read(found[1]);
    this.report('value-missing-for-org', field, {
      problem: `no value is stated for the org ${org}, and none is derived from another org's`,
      allowed: `a value for each org by its construct id; stated are: ${names.map(([name]) => name).join(', ') || 'none'}`,
      remedy: addOrg(org, names, `add ${org} to PerOrg.of`),
    });
    return undefined;
  }

  /** Records that a required option is not there. */
  missing(field: string, allowed: string): void {
    const problem = { problem: `the option ${field} is missing`, allowed, remedy: `add ${field}` };
    this.report('missing-option', field, problem);
  }
}

/** What to do about an org for which nothing is stated; a name that is nearly the org's was probably meant to be it. */
export function addOrg(org: string, stated: readonly (readonly [string, unknown])[], add: string): string {
  const guess = nearest(
    org,
    stated.map(([name]) => name),
  );
  return guess === undefined || guess === org ? add : `${add}, or write ${org} instead of ${guess} if that was meant`;
}

/** PEM, or what stands between its lines. */
const LIKE_A_KEY = /-----BEGIN|PRIVATE KEY|[A-Za-z0-9+/=]{60,}/;

/** Objects may hold anything, so only their kind is shown; anything like a key is withheld from texts. */
function shownSafely(value: unknown): string {
  if (typeof value === 'string') return LIKE_A_KEY.test(value) || holdsCredential(value) ? '(withheld)' : shown(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return `(${describe(value)})`;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') {
    const tag = Object.prototype.toString.call(value).slice(8, -1);
    return tag === 'Object' || tag === 'Null' ? 'an object' : `a ${tag}`;
  }
  return value === undefined ? 'not given' : `a ${typeof value}`;
}
