import { isOrgError, type OrgError } from '../org/org-error';
import { diagnosticLines } from '../plan/render/diagnostic-lines';
import { type Line, line, printLines } from '../plan/render/lines';
import type { RenderOptions } from '../plan/render/style';
import { visible } from '../plan/render/visible';
import { type ClientAppsError, type ClientAppsErrorCode, isClientAppsError } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-codes';

const CODES: Readonly<Partial<Record<ClientAppsErrorCode, ExitCode>>> = {
  STALE_PLAN: EXIT.stale,
  LOGIN_FAILED: EXIT.unreachable,
  ORG_UNREACHABLE: EXIT.unreachable,
};

/** An org that could not be dealt with, as machine output tells it. */
export interface Failure {
  readonly org?: string;
  /** Stable: a ClientAppsError's code, `ORG_` and the kind of an OrgError, else `UNEXPECTED`. */
  readonly code: string;
  readonly exit_code: ExitCode;
  readonly message: string;
}

export function failureOf(error: unknown, org?: string): Failure {
  const concerned = org === undefined ? {} : { org };
  const message = error instanceof Error ? error.message : String(error);
  if (isClientAppsError(error)) return { ...concerned, code: error.code, exit_code: CODES[error.code] ?? EXIT.error, message };
  if (isOrgError(error)) {
    const unreachable = error.kind === 'login' || error.kind === 'unreachable';
    const code = `ORG_${error.kind.toUpperCase()}`;
    return { ...concerned, code, exit_code: unreachable ? EXIT.unreachable : EXIT.error, message };
  }
  return { ...concerned, code: 'UNEXPECTED', exit_code: EXIT.error, message };
}

/** The error for people: what is wrong and what to do, every problem at once. */
export function errorText(error: unknown, org: string | undefined, options: RenderOptions): string {
  return printLines(errorLines(error, org === undefined ? '' : `${org}: `), options);
}

function errorLines(error: unknown, prefix: string): readonly Line[] {
  if (isClientAppsError(error)) return clientAppsLines(error, prefix);
  if (isOrgError(error)) return orgLines(error, prefix);
  const message = error instanceof Error ? error.message : String(error);
  return [line(0, visible(`error: ${prefix}${message}`), 'bad')];
}

const TITLES: Readonly<Partial<Record<ClientAppsErrorCode, string>>> = {
  STALE_PLAN: 'the plan is stale: the org changed after it was made; nothing was written',
  REFUSED: 'refused; nothing was written',
  DEPLOY_FAILED: 'the deploy failed',
  ABORTED: 'stopped on request',
};

function clientAppsLines({ code, diagnostics }: ClientAppsError, prefix: string): readonly Line[] {
  const title = TITLES[code];
  return [
    ...(title === undefined ? [] : [line(0, `error: ${visible(prefix)}${title}`, 'bad')]),
    ...diagnosticLines(title === undefined ? 0 : 1, diagnostics),
  ];
}

/** Such messages may have several lines; all but the first are indented, so that none can pass for one of ours. */
function orgLines({ message, errorCode, remedy }: OrgError, prefix: string): readonly Line[] {
  const [first = '', ...rest] = message.split('\n').map(visible);
  const code = errorCode === undefined ? '' : ` [${visible(errorCode)}]`;
  return [
    line(0, `error: ${visible(prefix)}${first}${code}`, 'bad'),
    ...rest.map((text) => line(2, text)),
    line(2, `to do:   ${visible(remedy)}`),
  ];
}
