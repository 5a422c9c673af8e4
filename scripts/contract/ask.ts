import { SWITCHES } from '../../lib/emulator/switches';
import { CREDENTIAL } from './credentials';
import { LOGIN } from './login';
import type { ContractOrg } from './org';
import type { Answer, Level, Probe, SwitchName } from './probe';
import { READ } from './read';
import { UNPROBED } from './unprobed';
import { VALIDATE } from './validate';
import { WRITE } from './write';

export const PROBES: Readonly<Partial<Record<SwitchName, Probe>>> = {
  ...READ,
  ...VALIDATE,
  ...WRITE,
  ...LOGIN,
  ...CREDENTIAL,
};

const LEVELS: readonly Level[] = ['read', 'validate', 'write'];

/** One open fact, and what the org says to it. */
export interface Fact {
  readonly fact: SwitchName;
  readonly about: string;
  readonly default: unknown;
  /** Left out where the org did not answer it. */
  readonly answer?: unknown;
  readonly agrees?: boolean;
  /** Why there is no answer. */
  readonly open?: string;
  /** What the probe could not take away again. */
  readonly left?: string;
}

/** Asks for every open fact, one after another, as far as it may go. */
export async function askAll(org: ContractOrg, most: Level): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const [name, { about, standard }] of Object.entries(SWITCHES)) {
    const fact = name as SwitchName;
    const head = { fact, about, default: standard };
    const answer = await askOne(org, fact, most);
    facts.push(
      'open' in answer ? { ...head, ...answer } : { ...head, answer: answer.is, agrees: answer.is === standard },
    );
  }
  return facts;
}

async function askOne(org: ContractOrg, fact: SwitchName, most: Level): Promise<Answer> {
  const probe = PROBES[fact];
  if (probe === undefined) return { open: UNPROBED[fact] ?? 'there is no probe for it' };
  if (LEVELS.indexOf(probe.level) > LEVELS.indexOf(most)) return { open: `asked with --${probe.level} only` };
  try {
    return await probe.ask(org);
  } catch (error) {
    // What one probe cannot find out must not cost the answers of the others.
    return { open: `the probe failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}
