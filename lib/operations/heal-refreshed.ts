import { everyApp, liveText } from '../metadata/live-app';
import type { Manifest } from '../metadata/manifest';
import { textField } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { HEADER } from '../values/metadata-types';
import { sameId, shortId } from '../values/record-id';

/** An org of the program, and which one it is, where its code or its receipt says so. */
export interface OrgOfProgram {
  readonly name: string;
  readonly manifestId: string;
  readonly orgId?: string;
}

/**
 * Whether the sandbox was refreshed since the last apply. `certain`: what is remembered of that apply names another org.
 * `likely`: nothing is remembered, and apps of the org say that they come from another one. `unknown`: neither.
 */
export interface Refreshed {
  readonly verdict: 'certain' | 'likely' | 'no' | 'unknown';
  readonly because: readonly string[];
}

/** Ids of the orgs that the last receipt and an unfinished journal name. */
export interface Remembered {
  readonly receipt?: string;
  readonly journal?: string;
}

interface Looked {
  readonly manifest: Manifest;
  readonly orgId: string;
  readonly observed: ObservedOrg;
  readonly program: readonly OrgOfProgram[];
}

export function refreshedSince({ receipt, journal }: Remembered, looked: Looked): Refreshed {
  const { orgId } = looked;
  const others = [
    ...(receipt !== undefined && !sameId(receipt, orgId) ? [`the last receipt is from the org ${receipt}`] : []),
    ...(journal !== undefined && !sameId(journal, orgId) ? [`an apply to the org ${journal} did not finish`] : []),
  ];
  if (others.length > 0) return { verdict: 'certain', because: [...others, `this is ${orgId}`] };
  if (receipt !== undefined) return { verdict: 'no', because: ['the last receipt is from this org'] };
  const copies = everyApp(looked.observed).flatMap((app) => originOf(app, looked) ?? []);
  if (copies.length > 0) return { verdict: 'likely', because: copies };
  return {
    verdict: 'unknown',
    because: ['there is no receipt of an earlier apply, and no app shows where it came from'],
  };
}

/** What an app says about another org that it was copied from. A packaged one names the org that made the package. */
function originOf(app: ObservedApp, { manifest, orgId, program }: Looked): string | undefined {
  const owner = liveText(app, 'managedBy');
  const source = program.find(({ manifestId }) => manifestId === owner);
  if (source && source.manifestId !== manifest.id) return `${app.apiName} has the ownership line of ${source.name}`;
  const isLocal = (textField(app, HEADER, 'distributionState') ?? 'Local') === 'Local';
  const scope = /^(00D\w{12})(?:\w{3})?:/.exec(textField(app, HEADER, 'orgScopedExternalApp') ?? '')?.[1];
  if (!isLocal || scope === undefined || scope === shortId(orgId)) return undefined;
  return `${app.apiName} says that it belongs to the org ${scope}`;
}

/**
 * Declared apps that came with the copy under the line of another org of the program, by API name: whose. An org of the
 * program that is this very one is no source; of one whose id is not known, someone has to say that it is (`copiedFrom`).
 */
export function copiedApps(looked: Looked, copiedFrom: string | undefined): ReadonlyMap<string, string> {
  const { manifest, observed, orgId, program } = looked;
  const isSource = ({ manifestId, orgId: other }: OrgOfProgram): boolean =>
    manifestId !== manifest.id && (other === undefined ? manifestId === copiedFrom : !sameId(other, orgId));
  const sources = new Set(program.filter(isSource).map(({ manifestId }) => manifestId));
  const copies = manifest.apps.flatMap(({ platform, api_name: name }) => {
    const live = (platform === 'connected-app' ? observed.connectedApps : observed.apps).get(name);
    const owner = liveText(live, 'managedBy');
    return owner !== undefined && sources.has(owner) ? [[name, owner] as const] : [];
  });
  return new Map(copies);
}
