import type { CallOptions, Org, RetrieveAnswer, RetrieveRequest } from '../org/org';
import { isOrgError } from '../org/org-error';

type Types = RetrieveRequest['types'];

interface Party {
  readonly request: RetrieveRequest;
  readonly options: CallOptions | undefined;
  readonly resolve: (answer: Promise<RetrieveAnswer>) => void;
}

/**
 * The org, with one retrieve in place of the first `parties` ones: each costs a job and its polls. Every party gets the
 * problems that concern it, and those that name no one's types. An org that refuses the whole is asked by each party alone,
 * so that what one of them may not see hides nothing from the others (D8).
 * @param parties How many retrieves will be asked for. Each of them has to come, or the reading has failed anyhow.
 */
export function withSharedRetrieve(org: Org, parties: number): Org {
  const waiting: Party[] = [];
  let offered: ReadonlySet<string> | undefined;
  let open = parties > 1;
  const retrieve = (request: RetrieveRequest, options?: CallOptions): Promise<RetrieveAnswer> => {
    if (!open) return org.retrieve(request, options);
    return new Promise((resolve) => {
      waiting.push({ request, options, resolve });
      if (waiting.length < parties) return;
      open = false;
      const merged = retrieveTogether(org, waiting, offered);
      for (const party of waiting) party.resolve(answerFor(party, waiting, merged, org));
    });
  };
  return {
    identify: (options) => org.identify(options),
    metadataTypes: async (apiVersion, options) => {
      offered = await org.metadataTypes(apiVersion, options);
      return offered;
    },
    retrieve,
    deploy: (request, options) => org.deploy(request, options),
    followDeploy: (request, options) => org.followDeploy(request, options),
    runningDeploys: (apiVersion, options) => org.runningDeploys(apiVersion, options),
    facts: (usernames, options) => org.facts(usernames, options),
    ownUser: (options) => org.ownUser(options),
    runAsUsers: (usernames, options) => org.runAsUsers(usernames, { ...options, retrieve }),
    sandboxUsers: (usernames, options) => org.sandboxUsers(usernames, options),
    apexClasses: (names, options) => org.apexClasses(names, options),
    certificates: (options) => org.certificates(options),
    revoke: (request, options) => org.revoke(request, options),
    usage: (request, options) => org.usage(request, options),
    evidence: (request, options) => org.evidence(request, options),
    setupChanges: (since, options) => org.setupChanges(since, options),
    apiClientHolders: (options) => org.apiClientHolders(options),
    consumers: org.consumers,
    condition: (options) => org.condition(options),
    get clockSkewMs() {
      return org.clockSkewMs;
    },
    get calls() {
      return org.calls;
    },
  };
}

/** The one that asks for most knows the version; the others ask for what is the same in all. */
const largest = (parties: readonly Party[]): Party | undefined =>
  [...parties].sort((a, b) => b.request.types.size - a.request.types.size)[0];

/** Undefined where the org refuses it, or does not offer all of it. */
async function retrieveTogether(
  org: Org,
  parties: readonly Party[],
  offered: ReadonlySet<string> | undefined,
): Promise<RetrieveAnswer | undefined> {
  const types = new Map<string, readonly string[]>();
  for (const { request } of parties) {
    for (const [type, members] of request.types)
      types.set(type, [...new Set([...(types.get(type) ?? []), ...members])]);
  }
  const missing = [...types.keys()].some((type) => type !== 'Settings' && offered?.has(type) === false);
  const { request, options } = largest(parties) ?? {};
  if (missing || !request) return undefined;
  try {
    return await org.retrieve({ apiVersion: request.apiVersion, types }, options);
  } catch (error) {
    if (isOrgError(error) && error.kind === 'refused') return undefined;
    throw error;
  }
}

async function answerFor(
  party: Party,
  parties: readonly Party[],
  merged: Promise<RetrieveAnswer | undefined>,
  org: Org,
): Promise<RetrieveAnswer> {
  const answer = await merged;
  if (!answer) return org.retrieve(party.request, party.options);
  const others = parties.filter((each) => each !== party).map(({ request }) => request.types);
  return { ...answer, problems: answer.problems.filter((problem) => concerns(problem, party.request.types, others)) };
}

/** What names no one concerns everyone: nothing is known to be read then. */
function concerns(
  { fileName, problem }: RetrieveAnswer['problems'][number],
  own: Types,
  others: readonly Types[],
): boolean {
  // As whole words: the name of an app may hold the name of a type.
  const words = new Set(`${fileName} ${problem}`.toLowerCase().split(/\W+/));
  const named = (types: Types): boolean =>
    wordsOf(types).some((word) => words.has(word) || words.has(`${word}settings`));
  return named(own) || !others.some(named);
}

/** Types and, of settings, which all parties have in common, the members. */
const wordsOf = (types: Types): readonly string[] =>
  [...types].flatMap(([type, members]) => (type === 'Settings' ? members : [type])).map((word) => word.toLowerCase());
