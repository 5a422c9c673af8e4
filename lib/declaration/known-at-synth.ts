import { isTerraformToken } from '../values/text';
import type { Reading } from './reading';

/** `known`: the value can be judged now. `late`: only Terraform knows it, and that is fine. `refused`: it was reported. */
export type SynthKnowledge = 'known' | 'late' | 'refused';

/** Tells whether a value is known at synth, and reports one that is not and has to be. */
export function knownAtSynth(value: unknown, field: string, reading: Reading): SynthKnowledge {
  if (!isTerraformToken(value)) return 'known';
  const { engine = 'null' } = reading.context;
  const possible = reading.late.has(field.replace(/\[\d+\]$/, ''));
  if (possible && engine === 'provider') return 'late';
  const others =
    reading.late.size === 0 ? '' : `; with engine provider these options take others: ${[...reading.late].join(', ')}`;
  reading.report('terraform-token', field, {
    problem: 'the value is known only to Terraform',
    allowed: possible
      ? 'a value known at synth, with engine null; engine provider takes it here'
      : `a value known at synth${others}`,
    remedy: possible ? 'use a literal value, or use Engine.PROVIDER' : 'give the value itself',
  });
  return 'refused';
}
