import type { Log, Notification, Result, Suppression } from 'sarif';

import { digest } from '../../metadata/digest';
import { CONTROLS } from '../../policy/controls';
import { type Finding, findings, placeOf, stoppedWords } from '../../policy/findings';
import type { CheckReport, ControlResult, Place, Score } from '../../policy/report';
import { SEVERITIES, type Severity, severityOf } from '../../policy/severity';
import { jsonText } from '../../values/ci-commands';
import { level, ruleOf, sarifText, uriOf } from './sarif-parts';

/** What one audit gives to a SARIF log. */
export interface SarifAudit {
  readonly reports: readonly CheckReport[];
  /** Name of the org; undefined for files, whose findings are told apart by app alone wherever the folder lies. */
  readonly org?: string;
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  /** Over all reports. */
  readonly score: Score;
}

export interface SarifOptions {
  /** Of this package. */
  readonly version: string;
  /**
   * Where to point for an app that stands in no file: code scanning services show nothing that has no place.
   * @default - such a result has a logical location only
   */
  readonly fallback?: Place;
}

/** GitHub code scanning takes 25,000 results of a run, and shows the first 5,000 of them by severity. */
export const SARIF_MAX_RESULTS = 25_000;

const REPORTED: readonly ControlResult['outcome'][] = ['fail', 'justified', 'low-risk'];
const INDEX: ReadonlyMap<string, number> = new Map(CONTROLS.map(({ id }, index) => [id, index]));

/**
 * SARIF 2.1.0: violations and low risks, worst first, each with the line of the element or declaration that is at fault;
 * excused ones as suppressed. Fingerprints are of app and control alone, so that they survive a move of the code and a
 * change of wording; an app that is there twice has them with a number. One run for everything; what exceeds the limit is left out from the harmless end, and counted.
 */
export function auditSarif(audits: readonly SarifAudit[], { version, fallback }: SarifOptions): string {
  const all = audits
    .flatMap(({ reports, org }) =>
      findings(reports)
        .filter(({ result }) => REPORTED.includes(result.outcome))
        .map((finding) => ({ finding, org })),
    )
    .sort((a, b) => rank(a.finding.result) - rank(b.finding.result));
  const kept = all.slice(0, SARIF_MAX_RESULTS);
  const seen = new Map<string, number>();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'client-apps',
            version,
            rules: CONTROLS.map(ruleOf),
          },
        },
        automationDetails: { id: 'client-apps/audit/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            // Files that could not be read take nothing from what was judged.
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...audits.flatMap(({ unread }) => unread).map(unreadNotification),
              ...(all.length > kept.length ? [leftOut(all.length - kept.length)] : []),
            ],
          },
        ],
        // SARIF knows no score; this is where it has room for what a tool wants to add.
        properties: {
          posture: audits.map(({ org, score }) => ({ ...(org !== undefined && { org }), ...score })),
        },
        results: kept.map(({ finding, org }) => toResult(finding, { org, fallback, seen })),
      },
    ],
  };
  return jsonText(log);
}

function rank({ outcome, severity = 'low' }: ControlResult): number {
  if (outcome === 'fail') return SEVERITIES.indexOf(severity);
  return SEVERITIES.length + REPORTED.indexOf(outcome);
}

interface ResultContext {
  readonly org: string | undefined;
  readonly fallback: Place | undefined;
  /** How often each fingerprint was given. */
  readonly seen: Map<string, number>;
}

function fingerprint(of: readonly string[], seen: Map<string, number>): string {
  const print = digest(of).slice('sha256:'.length);
  const earlier = seen.get(print) ?? 0;
  seen.set(print, earlier + 1);
  return earlier === 0 ? print : `${print}:${earlier + 1}`;
}

function toResult({ subject, report, result }: Finding, { org, fallback, seen }: ResultContext): Result {
  const name = report.subject.type === 'app' ? report.subject.api_name : 'org settings';
  const place = placeOf(report, result) ?? fallback;
  const severity: Severity = result.outcome === 'low-risk' ? 'low' : (result.severity ?? 'low');
  const qualified = org === undefined ? subject : `${org}/${subject}`;
  return {
    ruleId: result.control,
    ruleIndex: INDEX.get(result.control) ?? -1,
    level: level(result.outcome, severity),
    message: { text: sarifText(`${qualified}${stoppedWords(report.subject)}: ${sentence(result)}`) },
    locations: [
      {
        ...(place && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(place.file) },
            region: { startLine: place.line },
          },
        }),
        logicalLocations: [{ name, fullyQualifiedName: qualified, kind: 'resource' }],
      },
    ],
    partialFingerprints: {
      'clientApps/v1': fingerprint([org ?? '', subject, result.control], seen),
    },
    ...(result.cvss !== undefined && { rank: result.cvss * 10 }),
    // An empty list says that no one excused it; none at all would say that no one knows.
    suppressions: result.exception ? [suppression(result.exception)] : [],
    properties: {
      severity,
      outcome: result.outcome,
      ...(result.cvss !== undefined && { cvss: result.cvss, cvssSeverity: severityOf(result.cvss) }),
    },
  };
}

/** What is wrong, then the sentence about this very app. */
const sentence = ({ finding, because }: ControlResult): string =>
  finding === undefined ? because : `${finding}. ${because}`;

/** A justification on an option stands in the program; any other is kept beside it. */
function suppression({
  approved_by,
  expires,
  option,
  reason,
  ticket,
}: NonNullable<ControlResult['exception']>): Suppression {
  const words = `${reason} (approved by ${approved_by} until ${expires}${ticket === undefined ? '' : `, ${ticket}`})`;
  return { kind: option === undefined ? 'external' : 'inSource', status: 'accepted', justification: words };
}

const unreadNotification = ({ path, reason }: SarifAudit['unread'][number]): Notification => ({
  level: 'warning',
  message: { text: sarifText(`${path} could not be read, and its contents were not evaluated: ${reason}`) },
  locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) } } }],
});

const leftOut = (count: number): Notification => ({
  level: 'warning',
  message: { text: `${count} results of the lowest severity were left out: a run has room for ${SARIF_MAX_RESULTS}.` },
});
