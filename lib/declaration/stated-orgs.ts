import { PerOrg } from './options/per-org';
import { Username } from './options/username';

/** A value that is stated org by org: by which option, for which orgs. */
export interface StatedOrgs {
  /** The PerOrg or Username itself: one that several orgs share is one statement. */
  readonly value: object;
  readonly field: string;
  readonly orgs: readonly string[];
}

/** Options nest three deep; anything deeper is no option of ours. */
const MAX_DEPTH = 4;

/** Every value of the props that is stated org by org. Looks at plain objects only, whatever an untyped program gives. */
export function statedOrgs(props: unknown, field = '', depth = 0): readonly StatedOrgs[] {
  if (PerOrg.is(props) || Username.is(props)) {
    const { byOrg } = props;
    return isRecord(byOrg) ? [{ value: props, field, orgs: Object.keys(byOrg) }] : [];
  }
  if (!isRecord(props) || depth >= MAX_DEPTH) return [];
  return Object.entries(props).flatMap(([name, value]) =>
    statedOrgs(value, field === '' ? name : `${field}.${name}`, depth + 1),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
