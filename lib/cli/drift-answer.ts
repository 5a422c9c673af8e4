import { type OrgDrift, RECEIPT_FORMAT_VERSION } from '../operations/types';
import type { OrgAttributions } from '../plan/attribution';
import type { OrgMessage } from '../reports/drift/message';
import { driftText } from '../reports/drift/text';
import { whoText } from '../reports/drift/who';
import type { RenderOptions } from '../reports/style';
import { unknownAppsText } from '../reports/usage/text';
import type { UsageReport } from '../usage/report';
import { driftCode, EXIT, type ExitCode, worst } from './exit-code';
import { codeOfUsage, unknownAppsJson } from './unknown-apps';

/** What a look at one org found. */
export interface Looked {
  readonly org: string;
  /** Undefined where there is no program to compare with. */
  readonly drift?: OrgDrift;
  readonly used?: UsageReport;
  readonly changed?: OrgAttributions;
}

const given = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((value) => value !== undefined);

/** The report of all orgs for people. */
export function answerText(looked: readonly Looked[], options: RenderOptions = {}): string {
  const drifts = given(looked.map(({ drift }) => drift));
  const used = given(looked.map((each) => each.used));
  return [
    drifts.length > 0
      ? driftText(
          drifts.map(({ plan }) => plan),
          options,
        )
      : '',
    whoText(given(looked.map(({ changed }) => changed)), options),
    used.length > 0 ? unknownAppsText(used, options) : '',
  ].join('');
}

/** The same for programs. */
export function answerDocument(looked: readonly Looked[]): object {
  const used = given(looked.map((each) => each.used));
  const changed = given(looked.map((each) => each.changed));
  return {
    format_version: RECEIPT_FORMAT_VERSION,
    orgs: given(looked.map(({ drift }) => drift)),
    ...(changed.length > 0 && { attribution: changed }),
    ...(used.length > 0 && { unknown_apps: used.map(unknownAppsJson) }),
  };
}

export const codeOfLook = ({ drift, used }: Looked): ExitCode =>
  worst([...(drift ? [driftCode(drift.plan)] : []), ...(used ? [codeOfUsage(used)] : [])]);

/** How each org of the run stands, those among them that could not be read. */
export const standings = (orgs: readonly string[], looked: readonly Looked[]): readonly OrgMessage[] =>
  orgs.map((org) => {
    const found = looked.find((each) => each.org === org);
    const code = found ? codeOfLook(found) : EXIT.error;
    return { org, state: code === EXIT.ok ? 'in sync' : code === EXIT.changes ? 'drift' : 'not compared' };
  });
