import type { ManifestApp } from '../metadata/manifest';
import type { Exception } from '../policy/exceptions';
import { valueOf } from '../policy/reading';
import type { ProofCase, Trial } from './case';
import { PROOF_CASES } from './cases';
import { type Answer, type Place, ProofClient } from './client';
import { lateFields } from './needs';
import type { AppProof, ProofOutcome, ProofResult } from './report';
import { flowsOf, type Subject } from './subject';
import { type Exchange, Wire } from './wire';

export interface ProofInput {
  readonly subjects: readonly Subject[];
  readonly place: Place;
  /** A client of the org that is not declared: it tries what it stole, and is stolen from. */
  readonly stranger: Subject | undefined;
  /** Valid exceptions by the app’s API name. */
  readonly exceptions: ReadonlyMap<string | undefined, readonly Exception[]>;
  /** Results tell what went over the wire, too. */
  readonly wire?: boolean | undefined;
}

/** Tries every case on every app; those that move the clock come last, as certificates and tokens age by it. */
export async function prove(input: ProofInput): Promise<readonly AppProof[]> {
  const tries = input.subjects.map((subject) => {
    const trial = trialOf(subject, input);
    const cases = PROOF_CASES.filter(({ applies }) => applies(subject, trial.flows));
    return { trial, cases, answers: new Map<ProofCase, Tried>() };
  });
  for (const ages of [false, true]) {
    for (const { trial, cases, answers } of tries) {
      for (const one of cases.filter((each) => (each.ages ?? false) === ages)) {
        const answer = await one.run(trial);
        const wire = trial.client.wire.take();
        answers.set(one, { ...answer, ...(input.wire === true && { wire }) });
      }
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

/** The answer to a case, and what went over the wire. */
type Tried = Answer & { readonly wire?: readonly Exchange[] };

function trialOf(subject: Subject, { place, stranger }: ProofInput): Trial {
  const flows = flowsOf(subject);
  const wire = new Wire();
  const shared = { callbackUrl: callbackOf(subject), wire };
  const other = stranger ?? { ...subject, consumer: NOBODY };
  const another = { ...subject, consumer: other.consumer };
  const owner = 'another client';
  return {
    subject,
    flows,
    client: new ProofClient(subject, place, { ...shared, confidential: subject.kind !== 'public' }),
    stranger: new ProofClient(another, place, { ...shared, confidential: true, owner }),
    neighbor: new ProofClient(other, place, {
      ...{ callbackUrl: callbackOf(other), wire, owner },
      confidential: other.kind !== 'public',
    }),
  };
}

/** Where the org was given no app. */
const NOBODY = { key: '', secret: '' };

const callbackOf = (subject: Subject): string => flowsOf(subject).callbackUrls[0] ?? 'https://localhost/callback';

function judged(
  one: ProofCase,
  answers: ReadonlyMap<ProofCase, Tried>,
  exceptions: readonly Exception[],
): readonly ProofResult[] {
  const answer = answers.get(one);
  if (answer === undefined) return [];
  const { granted, said, wire } = answer;
  const excuse = exceptions.find(({ controls }) => controls.some((control) => one.controls?.includes(control)));
  const twin = [...answers].some(
    ([each, its]) => its.granted && each.demands === 'grant' && (one.twin === undefined || each.id === one.twin),
  );
  const outcome = outcomeOf(one, granted, { excused: excuse !== undefined, twin });
  const { id, demands, about } = one;
  const until = outcome === 'excepted' && excuse && { excepted_until: excuse.expires };
  return [{ case: id, demands, about, outcome, granted, said, ...until, ...(wire && { wire }) }];
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
function withoutFlow(subject: Subject): readonly string[] {
  const { fields, exchange } = subject;
  const flows: readonly (readonly [boolean | undefined, string])[] = [
    [flowsOf(subject).exchange && exchange === undefined, 'token exchange, for which the program declares no handler'],
    [(valueOf(fields.requiredSessionLevel) ?? 'STANDARD') !== 'STANDARD', 'required session level'],
    [valueOf(fields.ipRelaxation) !== undefined, 'login IP ranges of profiles'],
  ];
  return flows.flatMap(([declared, name]) => (declared === true ? [name] : []));
}
