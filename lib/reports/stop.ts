import { LOCK_OUT_SET } from '../metadata/connected-app/lock-out';
import type { StopOutcome } from '../operations/stop-anything';
import type { Stopped } from '../operations/stop-app';
import type { StopChange } from '../operations/stop-receipt';
import { formatDiagnostic } from '../values/diagnostic';
import { saidOnce } from '../values/same-diagnostics';
import { visibleLines } from '../values/visible';

interface StopContext {
  /** The org: name, id and address. */
  readonly where: string;
  readonly revoke: boolean;
}

/** What a stop did, what it did not, and what is left to do by hand. */
export function stopText({ stopped, problems, open }: StopOutcome, context: StopContext): string {
  return visibleLines([
    ...(stopped ? linesOf(stopped, context) : []),
    ...saidOnce(problems).map((problem) => `Not switched off: ${formatDiagnostic(problem)}`),
    ...open.map((each) => `Still open: ${each}.`),
  ]);
}

function linesOf(stopped: Stopped, context: StopContext): readonly string[] {
  const { app, platform, connectedAppBeside: beside } = stopped;
  const lines = platform === 'connected-app' ? lockedOut(stopped, context) : switchedOff(stopped, context);
  const tokens =
    context.revoke || stopped.state === 'would-stop'
      ? []
      : [`It is not documented whether access tokens issued earlier still work: stop ${app} --revoke revokes them.`];
  const other = beside
    ? [
        `The Connected App ${app} was not touched, and whether it issues tokens is not known: block it in Setup > Connected Apps OAuth Usage.`,
      ]
    : [];
  return [...lines, ...tokens, ...other];
}

function switchedOff({ state, app, connectedAppBeside: beside }: Stopped, { where }: StopContext): readonly string[] {
  const name = beside ? `The External Client App ${app}` : app;
  if (state === 'already-stopped') return [`${name} was already off in ${where}; nothing was written.`];
  if (state === 'would-stop') return [`${name} would be switched off in ${where}.`];
  if (state === 'written') return [`${name} was written in ${where}, but it is not certain whether it is off.`];
  return [
    `${name} is off in ${where}: it issues no tokens. It stays off until start ${app}, or apply --re-enable ${app}.`,
  ];
}

/** What no API does is said every time. */
function lockedOut({ state, app, label, change }: Stopped, { where }: StopContext): readonly string[] {
  const block = `Salesforce blocks a Connected App only by hand: Setup > Connected Apps OAuth Usage > ${label} > Block. Users with the permission Use Any API Client may bypass a lock-out.`;
  const name = `The Connected App ${app}`;
  if (state === 'already-stopped') return [`${name} was already off in ${where}; nothing was written.`, block];
  const fields = change ? replacedText(change) : [];
  if (state === 'would-stop') return [`${name} would be locked out in ${where}:`, ...fields, block];
  if (state === 'written')
    return [`${name} was written in ${where}, but it is not certain whether it is off.`, ...fields, block];
  return [
    `${name} is off in ${where}: only users with the permission set ${LOCK_OUT_SET} may use it; no user is meant to have it.`,
    ...fields,
    `It stays off until start ${app}, or, where it is declared, apply --re-enable ${app}.`,
    block,
  ];
}

/** What a stop replaced, or a start puts back. */
export const replacedText = ({ replaced }: StopChange, way: 'stop' | 'start' = 'stop'): readonly string[] =>
  replaced
    .map(({ field, before, after }) => ({ field, from: shown(before), to: shown(after) }))
    .filter(({ from, to }) => from !== to)
    .map(({ field, from, to }) => (way === 'stop' ? `  ${field}: ${from} -> ${to}` : `  ${field}: ${to} -> ${from}`));

const shown = (value: unknown): string => (value === undefined ? 'no value' : JSON.stringify(value));
