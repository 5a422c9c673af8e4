import type { ClientKind } from '../declaration/client-app';
import { kindOf, type KindVerdict } from '../policy/client-kind';
import { postureOf } from '../policy/posture/of-app';
import type { Found } from './model';

/** What an app is declared as, and what that rests on. */
export interface Kind {
  readonly kind: ClientKind;
  readonly verdict: KindVerdict;
}

/** The stated kind, else the one that the first org with any evidence suggests; where none does, one is assumed. */
export function kindIn(found: readonly Found[], stated: ClientKind | undefined): Kind {
  const verdicts = found.map(({ app, org: { apiVersion } }) =>
    kindOf(postureOf(app, { apiVersion, origin: 'read' }), stated && { kind: stated, by: 'stated' }),
  );
  const verdict = verdicts.find(({ kind }) => kind !== 'unclassified') ??
    verdicts[0] ?? { kind: 'unclassified', confidence: 'none', judged_as: [], evidence: [] };
  return { kind: verdict.kind === 'unclassified' ? (verdict.judged_as[0] ?? 'private') : verdict.kind, verdict };
}
