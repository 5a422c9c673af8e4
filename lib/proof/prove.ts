import { valueOf } from '../policy/reading';
import type { Exception } from '../policy/exceptions';
import type { ManifestApp } from '../metadata/manifest';
import type { ProofCase, Trial } from './case';
import { PROOF_CASES } from './cases';
import { type Answer, type Place, ProofClient } from './client';
import { lateFields } from './needs';
import type { AppProof, ProofOutcome, ProofResult } from './report';
import { type Consumer, flowsOf, type Subject } from './subject';

export interface ProofInput {
  readonly subjects: readonly Subject[];
  readonly place: Place;
  /** A client of the org that is none of the declared ones: it tries what it stole. */
  readonly stranger: Consumer;
  /** Valid exceptions by the app’s API name. */
  readonly exceptions: ReadonlyMap<string | undefined, readonly Exception[]>;
}

/** Tries every case on every app; those that move the clock come last, as certificates and tokens age by it. */
export async function prove(input: ProofInput): Promise<readonly AppProof[]> {
  const tries = input.subjects.map((subject) => {
    const trial = trialOf(subject, input);
    const cases = PROOF_CASES.filter(({ applies }) => applies(subject, trial.flows));
    return { trial, cases, answers: new Map<ProofCase, Answer>() };
  });
  for (const ages of [false, true]) {
    for (const { trial, cases, answers } of tries) {
      for (const one of cases.filter((each) => (each.ages ?? false) === ages)) answers.set(one, await one.run(trial));
    }
  }
  return tries.map(({ trial: { subject }, cases, answers }) => ({
    ...headOf(subject.app),
    results: cases.flatMap((one) => judged(one, answers, input.exceptions.get(subject.app.api_name) ?? [])),
    not_evaluated: withoutFlow(subject),
  }));
}

/** Of an app that cannot be given to the org of the proof. */
export const notProved = (app: ManifestApp): AppProof => ({
  ...headOf(app),
  results: [],
  not_evaluated: lateFields(app).map((field) => `${field}, whose value only Terraform knows`),
});

const headOf = ({ api_name: app, label, platform, kind, path }: ManifestApp) => ({ app, label, platform, kind, path });

function trialOf(subject: Subject, { place, stranger: other }: ProofInput): Trial {
  const flows = flowsOf(subject);
  const callbackUrl = flows.callbackUrls[0] ?? 'https://localhost/callback';
  const stranger = new ProofClient({ ...subject, consumer: other }, place, { confidential: true, callbackUrl });
  return {
    subject,
    flows,
    stranger,
    client: new ProofClient(subject, place, { confidential: subject.kind !== 'public', callbackUrl }),
  };
}

function judged(
  one: ProofCase,
  answers: ReadonlyMap<ProofCase, Answer>,
  exceptions: readonly Exception[],
): readonly ProofResult[] {
  const answer = answers.get(one);
  if (answer === undefined) return [];
  const { granted, said } = answer;
  const excuse = exceptions.find(({ controls }) => controls.some((control) => one.controls?.includes(control)));
  const twin = [...answers].some(
    ([each, its]) => its.granted && each.demands === 'grant' && (one.twin === undefined || each.id === one.twin),
  );
  const outcome = outcomeOf(one, granted, { excused: excuse !== undefined, twin });
  const { id, demands, about } = one;
  const until = outcome === 'excepted' && excuse && { excepted_until: excuse.expires };
  return [{ case: id, demands, about, outcome, granted, said, ...until }];
}

function outcomeOf(
  { demands }: ProofCase,
  granted: boolean,
  { excused, twin }: { readonly excused: boolean; readonly twin: boolean },
): ProofOutcome {
  if (demands === 'grant') return granted ? 'as-declared' : 'violated';
  if (granted) return excused ? 'excepted' : 'violated';
  return twin ? 'as-declared' : 'not-evaluated';
}

/** What is declared and cannot be tried here. */
function withoutFlow({ fields }: Subject): readonly string[] {
  const flows: readonly (readonly [boolean | undefined, string])[] = [
    [valueOf(fields.codeAndCredentials), 'Authorization Code and Credentials Flow'],
    [valueOf(fields.deviceFlow), 'device flow'],
    [valueOf(fields.tokenExchange), 'token exchange flow'],
    [(valueOf(fields.requiredSessionLevel) ?? 'STANDARD') !== 'STANDARD', 'required session level'],
    [valueOf(fields.ipRelaxation) !== undefined, 'login IP ranges of profiles'],
  ];
  return flows.flatMap(([declared, name]) => (declared === true ? [name] : []));
}
