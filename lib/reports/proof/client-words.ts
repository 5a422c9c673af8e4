import type { Because, ClientOutcome, ClientProof, ScenarioResult, WireCount } from '../../proof/clients/report';
import { grantName } from '../../values/grant-name';

export const CLIENT_WORDS: Readonly<Record<ClientOutcome, string>> = {
  survives: 'survives',
  breaks: 'BREAKS',
  'not-evaluated': 'not evaluated',
};

/** `isPkceRequired is true (today false): it asks for a code without a code challenge`. */
export function becauseWords({ field, value, value_today: today, why }: Because): string {
  if (field === undefined) return why;
  const name = field.slice(field.indexOf('.') + 1);
  const is = value === undefined ? '' : ` is ${value}`;
  const was = today === undefined || today === value ? '' : ` (today ${today})`;
  return `${name}${is}${was}: ${why}`;
}

/** One kind of call in words: `refresh token, secret in the form, brought a replaced refresh token`. */
export function callWords({
  operation,
  grant,
  pkce,
  secret,
  refresh_token: brought,
  refused,
  count,
}: WireCount): string {
  const words = [
    grant === undefined ? operation : `token by ${grantName(grant)}`,
    ...(pkce === undefined ? [] : [pkce === 'none' ? 'no PKCE' : `PKCE ${pkce}`]),
    ...(secret === undefined ? [] : [secret === 'none' ? 'no secret' : SECRETS[secret]]),
    ...(brought === undefined || brought === 'current' ? [] : [BROUGHT[brought]]),
    ...(refused === undefined ? [] : [`refused: ${refused.error}: ${refused.description}`]),
  ];
  return `${count}× ${words.join(', ')}`;
}

const SECRETS = { form: 'secret in the form', basic: 'secret in the Basic header' };
const BROUGHT = {
  replaced: 'with a refresh token that was replaced',
  'ended-by-reuse': 'with a refresh token that ended because another one was used twice',
  unknown: 'with a refresh token that the org did not give out here',
};

/** What the client did in a scenario on the settings of --as-in; undefined without that option. */
export function resultToday({ today }: ClientProof, scenario: string): string | undefined {
  const before = today?.run.scenarios.find((one) => one.scenario === scenario);
  return today && before && `today in ${today.org}: ${CLIENT_WORDS[before.outcome]}: ${before.did}`;
}

/** What the proofs are worth. */
export function triedOn(proofs: readonly ClientProof[]): string {
  const read = proofs.flatMap(({ today }) => (today ? [today.org] : []));
  const reached =
    read.length === 0 ? 'client-apps sent no request to Salesforce' : `of ${read.join(', ')}, only settings were read`;
  return `Tried on the built-in org, with a key and a secret that were created for it; ${reached}.`;
}

/** The conclusion about one client, and what it rests on. */
export function clientConclusion(proof: ClientProof): string {
  const { assumed_address: address } = proof.declared;
  const assumed = ` Its address is assumed: ${address}, the first one of the IP allowlist of the app.`;
  return conclusion(proof) + (address === undefined ? '' : assumed);
}

function conclusion({ declared, today }: ClientProof): string {
  const broken = declared.scenarios.find(({ outcome }) => outcome === 'breaks');
  const because = broken?.because && `, because ${becauseWords(broken.because)}`;
  switch (today?.change) {
    case 'breaks-after-plan': {
      const [first] = today.newly_broken;
      const reason = declared.scenarios.find(({ scenario }) => scenario === first)?.because;
      const why = reason ? `, because ${becauseWords(reason)}` : (because ?? '');
      return `Works today in ${today.org}, breaks after this plan${why}.`;
    }
    case 'stays-broken':
      return `Breaks today in ${today.org}, and also after this plan${because ?? ''}.`;
    case 'is-mended':
      return `Breaks today in ${today.org}, and works after this plan.`;
    case 'goes-on':
      return `Works today in ${today.org}, and after this plan.`;
    case 'not-evaluated':
      return `Not evaluated: ${reasonOf(today.run.outcome === 'not-evaluated' ? today.run : declared)}.`;
    default:
      if (declared.outcome === 'not-evaluated') return `Not evaluated: ${reasonOf(declared)}.`;
      return declared.outcome === 'breaks'
        ? `The client breaks with the declared settings${because ?? ''}.`
        : 'The client works with the declared settings.';
  }
}

const reasonOf = ({ scenarios: [first] }: { readonly scenarios: readonly ScenarioResult[] }): string =>
  first?.did ?? 'nothing was tried';
