import type { OnEvent, OperationEvent } from '../operations/types';
import type { DeployProgress, DeployQueued } from '../org/deploy-types';
import { plural } from '../values/plural';
import type { Io } from './io';
import { report } from './report-error';
import { writeFitted } from './style';

/** What runs at the moment, on standard error: one line that changes on a terminal, else a line for each news. */
export interface Progress {
  readonly onEvent: OnEvent;
  /** Takes the changing line away, before anything else is printed. */
  readonly clear: () => void;
}

const ERASE_LINE = '\r\u001b[2K';
const SHOW_SECONDS_FROM = 3;

export function startProgress(io: Io): Progress {
  const { stderr } = io;
  // A dumb terminal would show the escape sequence.
  const isRedrawn = stderr.isTerminal && io.environment['TERM'] !== 'dumb';
  let showing = '';
  let seconds = 0;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearInterval(timer);
    if (isRedrawn && showing !== '') stderr.write(ERASE_LINE);
    showing = '';
  };
  const draw = (): void => {
    const elapsed = seconds < SHOW_SECONDS_FROM ? '' : ` ${seconds} s`;
    stderr.write(`${ERASE_LINE}${showing.slice(0, (stderr.columns ?? 80) - 1 - elapsed.length)}${elapsed}`);
  };
  const show = (text: string, isStep: boolean): void => {
    if (io.quiet === true || text === showing) return;
    showing = text;
    if (!isRedrawn) {
      writeFitted(stderr, `${text}\n`);
      return;
    }
    // News of a deploy do not begin a step: who waits sees how long in all.
    if (isStep) seconds = 0;
    clearInterval(timer);
    draw();
    timer = setInterval(() => {
      seconds += 1;
      draw();
    }, 1000).unref();
  };
  const onEvent = (event: OperationEvent): void => {
    switch (event.kind) {
      case 'step':
        show(`${event.message} ...`, true);
        return;
      case 'deploy':
        show(deployText(event.progress), false);
        return;
      case 'warning':
        clear();
        report([event.diagnostic], io);
    }
  };
  return { onEvent, clear };
}

const deployText = ({ id, status, done, total, queued }: DeployProgress): string =>
  queued
    ? `  deploy ${id}: ${queuedText(queued)}`
    : `  deploy ${id}: ${status}${total > 0 ? `, ${done} of ${total} components` : ''}`;

/** `queued since 21:05 UTC; 1 other deploy running, 2 waiting`. What the org does not tell is left out. */
function queuedText({ since, running = 0, waiting = 0 }: DeployQueued): string {
  const time = /T(\d\d:\d\d)/.exec(since ?? '')?.[1];
  const others = [
    ...(running > 0 ? [`${plural(running, 'other deploy')} running`] : []),
    ...(waiting > 0 ? [`${running > 0 ? waiting : plural(waiting, 'other deploy')} waiting`] : []),
  ];
  return `queued${time === undefined ? '' : ` since ${time} UTC`}${others.length > 0 ? `; ${others.join(', ')}` : ''}`;
}
