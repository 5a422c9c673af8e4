import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** As Node's own line editor counts them, which places its cursor by it. It takes a flag for two emoji. */
export function columnsOf(text: string): number {
  const output = Object.assign(new PassThrough(), { columns: 1_000_000 });
  const reader = createInterface({ input: new PassThrough(), output, terminal: true, prompt: text });
  const { cols } = reader.getCursorPos();
  reader.close();
  return cols;
}
