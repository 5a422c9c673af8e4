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
  const trials = input.subjects.map((subject) => trialOf(subject, input));
  const answers = new Map<string, Answer>();
  for (const ages of [false, true]) {
    for (const trial of trials) {
      for (const one of casesOf(trial).filter((each) => (each.ages ?? false) === ages)) {
        answers.set(`${trial.subject.app.api_name} ${one.id}`, await one.run(trial));
      }
    }
  }
  return trials.map((trial) => {
    const { app } = trial.subject;
    const own = new Map(casesOf(trial).map((one) => [one, answers.get(`${app.api_name} ${one.id}`)]));
    const excepted = input.exceptions.get(app.api_name) ?? [];
    return {
      ...headOf(app),
      results: [...own].flatMap(([one, answer]) => (answer ? [judged(one, answer, own, excepted)] : [])),
      not_evaluated: withoutFlow(trial.subject),
    };
  });
}

/** Of an app that cannot be given to the org of the proof. */
export const notProved = (app: ManifestApp): AppProof => ({
  ...headOf(app),
  results: [],
  not_evaluated: lateFields(app).map((field) => `${field}, whose value only Terraform knows`),
});

const headOf = ({ api_name: app, label, platform, kind, path }: ManifestApp) => ({ app, label, platform, kind, path });

const casesOf = ({ subject, flows }: Trial): readonly ProofCase[] =>
  PROOF_CASES.filter(({ applies }) => applies(subject, flows));

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
  { granted, said }: Answer,
  all: ReadonlyMap<ProofCase, Answer | undefined>,
  exceptions: readonly Exception[],
): ProofResult {
  const excuse = exceptions.find(({ controls }) => controls.some((control) => one.controls?.includes(control)));
  const uses = [...all].filter(
    ([each]) => each.demands === 'grant' && (one.twin === undefined || each.id === one.twin),
  );
  const outcome = outcomeOf(one, granted, {
    excused: excuse !== undefined,
    twin: uses.some(([, answer]) => answer?.granted),
  });
  return {
    case: one.id,
    demands: one.demands,
    about: one.about,
    outcome,
    granted,
    said,
    ...(outcome === 'excepted' && excuse && { excepted_until: excuse.expires }),
  };
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
