import type { ClientKind } from '../declaration/client-app';
import { isLockedOut } from '../metadata/connected-app/lock-out';
import { isMigrated } from '../metadata/live-app';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { literal } from '../options/expression';
import type { KindVerdict } from '../policy/client-kind';
import { oneYearAfter } from '../values/iso-date';
import { CONNECTED_APP } from '../values/metadata-types';
import { ok, type Result } from '../values/result';
import { visible } from '../values/visible';
import { contextOf } from './context';
import { makeSafe } from './controls';
import { kindIn } from './kind';
import { labelOf, type MigrationWay } from './migration-checks';
import type { ImportedOrg } from './model';
import { comment, member } from './print';
import { recallSettled } from './recall';
import type { LeftOut, Stated } from './settle';
import { snippetOf } from './source';

/** The new app as a program declares it. */
export interface TranslatedApp {
  readonly api_name: string;
  readonly kind: ClientKind;
  readonly confidence: KindVerdict['confidence'];
  readonly source: string;
  /** What the Connected App has and the new app does not state. */
  readonly left_out: readonly LeftOut[];
}

interface Translation {
  readonly app: ObservedApp;
  readonly org: ImportedOrg;
  readonly way: MigrationWay;
  readonly apiName: string;
  readonly kind?: ClientKind;
  readonly today: string;
}

/** A Connected App in the words of an External Client App. What it has and that cannot be declared is left out, and named. */
export function translate({ app, org, way, apiName, kind: stated, today }: Translation): Result<TranslatedApp, string> {
  const found = [{ org, app }];
  const { kind, verdict } = kindIn(found, stated);
  const context = contextOf(org, apiName, today);
  const settled = recallSettled({ org, app }, { kind, context, folder: 'certificates/' }, (recalled) =>
    forNewApp(recalled, app, way),
  );
  if (!settled.ok) return settled;
  const platform = 'external-client-app';
  const safe = makeSafe(settled.value.stated, { kind, platform }, [{ org, context }]);
  if (!safe.ok) return safe;
  const leftOut = [...settled.value.leftOut, ...safe.value.leftOut];
  const source = snippetOf(
    {
      ...{ apiName, platform, kind, verdict, found, stated: safe.value.stated },
      leftOut: new Map(),
      exemptions: safe.value.exemptions,
    },
    oneYearAfter(today),
    leftOut.flatMap(remark),
  );
  return ok({ api_name: apiName, kind, confidence: verdict.confidence, source, left_out: leftOut });
}

/** Of the old app's options, those of the new one. */
function forNewApp(recalled: Stated, app: ObservedApp, way: MigrationWay): Stated {
  const dropped = way === 'button' ? ['platform'] : ['platform', 'adopt'];
  const kept = new Map([...recalled].filter(([option]) => !dropped.includes(option)));
  // Logins are told apart by the label alone.
  if (way === 'beside') kept.set('label', literal(`${labelOf(app)} (new)`));
  return kept;
}

/** A new app has none of it: neither is it kept by an apply, nor is it silently lost. */
function remark({ option, keep, refused }: LeftOut): readonly string[] {
  if (keep) {
    const text = `The declared app has the secure default of ${option}, the old one does not. To keep it, with a reason and an approver:`;
    return [
      ...comment(text, ''),
      ...member(option, keep, '')
        .split('\n')
        .map((each) => `//   ${each}`),
    ];
  }
  return comment(
    `Not carried over: ${visible(refused?.path ?? option)}: ${visible(refused?.problem ?? 'it is refused')}`,
    '',
  );
}

/**
 * How far a migration came, by what the org has now. `migrated`: by Salesforce's button, both have one consumer key.
 * `beside`: a new app stands beside the old one. `same-name`: both are there under one name, and whether the one was
 * migrated to the other is not known. `done`: the old app is gone. `not-found`: it is not there, and whether it ever was is
 * not known. `not-evaluated`: the Connected Apps were not read.
 */
export type MigrationStage =
  'not-started' | 'migrated' | 'beside' | 'same-name' | 'done' | 'not-found' | 'not-evaluated';

export interface MigrationState {
  readonly stage: MigrationStage;
  /** API name of the External Client App, where there is one. */
  readonly successor?: string;
  /** The old app is locked out by `client-apps stop`. */
  readonly stopped: boolean;
  readonly because?: string;
}

/** API name of a new app beside the old one, where no other is given. */
export const defaultSuccessor = (app: string): string => `${app}_ECA`;

export interface MigrationNames {
  readonly name: string;
  /** API name of an app that stands beside the old one. */
  readonly successor: string;
  /** A Connected App of that name was seen before. A new app by itself is no proof: it may never have been another. */
  readonly seenBefore: boolean;
}

export function migrationState(observed: ObservedOrg, { name, successor, seenBefore }: MigrationNames): MigrationState {
  const old = observed.connectedApps.get(name);
  const external = (of: string): ObservedApp | undefined => {
    const found = observed.apps.get(of);
    return found?.platform === 'external-client-app' && found.condition !== 'absent' ? found : undefined;
  };
  const found = external(name) ?? external(successor);
  const known = { ...(found && { successor: found.apiName }) };
  const unread =
    observed.connectedAppsUnread ??
    observed.unplaced[0] ??
    (old?.condition === 'unreadable' ? (old.reason ?? 'it could not be read') : undefined);
  if ((!old && unread !== undefined) || old?.condition === 'unreadable') {
    return { stage: 'not-evaluated', ...known, stopped: false, because: unread ?? 'it could not be read' };
  }
  if (!old) return { stage: found && seenBefore ? 'done' : 'not-found', ...known, stopped: false };
  const stopped = isLockedOut(presentComponent(old, CONNECTED_APP));
  if (found?.apiName === name)
    return { stage: isMigrated(observed, old) ? 'migrated' : 'same-name', ...known, stopped };
  return { stage: found ? 'beside' : 'not-started', ...known, stopped };
}
