import type { OnEvent, OperationEvent } from '../operations/types';
import type { DeployProgress } from '../org/org';
import type { Io } from './io';
import { report } from './report-error';

/** What runs at the moment, on standard error: one line that changes on a terminal, else a line for each news. */
export interface Progress {
  readonly onEvent: OnEvent;
  /** Takes the changing line away, before anything else is printed. */
  readonly clear: () => void;
}

const ERASE_LINE = '\r\u001b[2K';

export function startProgress(io: Io): Progress {
  const { stderr } = io;
  let showing = '';
  const clear = (): void => {
    if (stderr.isTerminal && showing !== '') stderr.write(ERASE_LINE);
    showing = '';
  };
  const show = (text: string): void => {
    if (text === showing) return;
    if (stderr.isTerminal) stderr.write(`${ERASE_LINE}${text.slice(0, (stderr.columns ?? 80) - 1)}`);
    else stderr.write(`${text}\n`);
    showing = text;
  };
  const onEvent = (event: OperationEvent): void => {
    switch (event.kind) {
      case 'step':
        show(`${event.message} ...`);
        return;
      case 'deploy':
        show(deployText(event.progress));
        return;
      case 'warning':
        clear();
        report([event.diagnostic], io);
    }
  };
  return { onEvent, clear };
}

const deployText = ({ id, status, done, total }: DeployProgress): string =>
  `  deploy ${id}: ${status}${total > 0 ? `, ${done} of ${total} components` : ''}`;
