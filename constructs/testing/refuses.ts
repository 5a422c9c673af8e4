import type { AppProof, ProofResult } from '../../lib/proof/report';
import { nearest } from '../../lib/values/nearest';
import { answer, type MatcherResult, quoted } from './match';

/** Whether the app refuses the attack of that id, or every attack that was tried; shown by a use that is granted. */
export function refuses(proof: AppProof, id: string | undefined): MatcherResult {
  const call = `toRefuse(${id === undefined ? '' : quoted(id)})`;
  const attacks = proof.results.filter(({ demands }) => demands === 'refusal');
  const meant = attacks.filter((result) => id === undefined || result.case === id);
  if (meant.length === 0)
    throw new Error([`${call} cannot be answered.`, '', ...notTried(proof, attacks, id)].join('\n'));
  const granted = meant.filter((result) => result.granted);
  if (granted.length > 0)
    return answer(
      false,
      call,
      granted.map((result) => lineOf(proof.app, result)),
    );
  const open = meant.filter(({ outcome }) => outcome === 'not-evaluated');
  if (open.length > 0) {
    const lines = [...open.map((result) => lineOf(proof.app, result)), ...denied(proof)];
    throw new Error([`${call} cannot be answered: the legitimate use was refused as well.`, '', ...lines].join('\n'));
  }
  return answer(
    true,
    call,
    meant.map((result) => lineOf(proof.app, result)),
  );
}

function notTried({ app, not_evaluated: open }: AppProof, attacks: readonly ProofResult[], id = ''): readonly string[] {
  const tried = attacks.map((attack) => attack.case);
  const meant = nearest(id, tried);
  return [
    `${app} was not tried with it.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    `Tried: ${tried.join(', ') || 'nothing'}`,
    ...(open.length > 0 ? [`Not evaluated: ${open.join(', ')}`] : []),
  ];
}

const denied = ({ app, results }: AppProof): readonly string[] =>
  results.filter(({ demands, granted }) => demands === 'grant' && !granted).map((result) => lineOf(app, result));

function lineOf(app: string, { case: id, about, granted, said, excepted_until: until }: ProofResult): string {
  const excused = until === undefined ? '' : `, by an exception until ${until}`;
  return `${app} ${granted ? 'grants' : 'refuses'} ${id}${excused}: ${about}\n    The org said: ${said}`;
}
