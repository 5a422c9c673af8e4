import { usernameProblem } from '../../values/username';
import { knownAtSynth } from '../known-at-synth';
import { Username } from '../options/username';
import { addOrg, type Reading } from '../reading';

/** The username in this org; empty after reporting what is wrong with it. */
export function readUsername(value: unknown, field: string, reading: Reading): string {
  const { org } = reading.context;
  const allowed = `Username.of('user@example.com') or Username.perOrg({ ${org}: 'user@example.com' })`;
  if (value === undefined) reading.missing(field, allowed);
  else if (!Username.is(value)) reading.wrongType(field, value, allowed);
  if (!Username.is(value)) return '';
  const name = value.byOrg === undefined ? value.name : nameIn(value.byOrg, field, reading);
  if (name === undefined && value.byOrg !== undefined) return '';
  if (typeof name !== 'string') {
    reading.wrongType(field, name, 'a username');
    return '';
  }
  const knowledge = knownAtSynth(name, field, reading);
  if (knowledge !== 'known') return knowledge === 'late' ? name : '';
  const problem = usernameProblem(name);
  if (problem) reading.report('invalid-username', field, problem, { given: name });
  return name;
}

function nameIn(byOrg: unknown, field: string, reading: Reading): unknown {
  const { org } = reading.context;
  const names = typeof byOrg === 'object' && byOrg !== null ? Object.entries(byOrg) : [];
  const found = names.find(([key, one]) => key === org && one !== undefined);
  if (found) return found[1];
  reading.report('username-missing-for-org', field, {
    problem: `no username is stated for the org ${org}, and a suffix is never guessed`,
    allowed: `a username for each org by its construct id; stated are: ${names.map(([key]) => key).join(', ') || 'none'}`,
    remedy: addOrg(org, names, `add ${org}: '…' to Username.perOrg`),
  });
  return undefined;
}
