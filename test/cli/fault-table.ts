import type { EmulatorFault } from '../../lib/emulator';

const error = (code: string, status = 403): EmulatorFault => ({ kind: 'api-error', code, message: code, status });
const json = (body: string): EmulatorFault => ({ kind: 'http', status: 200, contentType: 'application/json', body });
const http = (status: number, headers?: Readonly<Record<string, string>>): EmulatorFault => ({
  kind: 'http',
  status,
  ...(headers && { headers }),
});
const deploy = (deployResult: object): EmulatorFault => json(JSON.stringify({ deployResult }));
const OTHER = { id: '0Af000000000001AAA', done: true };

/** What can go wrong with one exchange. */
export const FAULTS: Readonly<Record<string, EmulatorFault>> = {
  'cut before': { kind: 'drop' },
  'cut after the org did it': { kind: 'drop-after' },
  '500': http(500),
  '502': http(502),
  '503': http(503),
  '503 with Retry-After': http(503, { 'retry-after': '1' }),
  '504': http(504),
  '429': http(429),
  '429 with Retry-After': http(429, { 'retry-after': '2' }),
  '429 with a date as Retry-After': http(429, {
    'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT',
    date: 'Sat, 21 Nov 2026 12:00:28 GMT',
  }),
  'a Retry-After of a day': http(429, { 'retry-after': '86400' }),
  '404': http(404),
  '404 with an empty list': { kind: 'http', status: 404, contentType: 'application/json', body: '[]' },
  '407': http(407),
  '302': http(302, { location: 'https://login.salesforce.com/' }),
  'a maintenance page': { kind: 'html' },
  'a maintenance page in JSON’s clothes': json('<html><body><h1>We are down for maintenance.</h1></body></html>'),
  nothing: { kind: 'empty-body' },
  'half an answer': json('{"records": [{"Id": "0'),
  null: json('null'),
  'a list': json('[]'),
  'an object': json('{}'),
  'two megabytes': json(JSON.stringify({ records: ['x'.repeat(2_000_000)] })),
  'binary data': { kind: 'http', status: 200, contentType: 'application/octet-stream', body: '\u0000\u0001PK\u0003' },
  'an expired session': { kind: 'invalid-session' },
  REQUEST_LIMIT_EXCEEDED: error('REQUEST_LIMIT_EXCEEDED'),
  UNABLE_TO_LOCK_ROW: error('UNABLE_TO_LOCK_ROW', 400),
  SERVER_UNAVAILABLE: error('SERVER_UNAVAILABLE', 503),
  UNKNOWN_EXCEPTION: error('UNKNOWN_EXCEPTION', 500),
  INSUFFICIENT_ACCESS: error('INSUFFICIENT_ACCESS'),
  'a code that nobody knows': error('SOMETHING_NEW', 400),
  'an unknown status word': deploy({ status: 'Archived', done: false, success: false }),
  'an unknown last word': deploy({ status: 'Archived', done: true }),
  'the success of another deploy': deploy({ ...OTHER, status: 'Succeeded', success: true }),
  'the failure of another deploy': deploy({ ...OTHER, status: 'Failed', success: false }),
};

/** What can become of one deploy in the org. Nothing of it is kept. */
export const DEPLOY_FAULTS: Readonly<Record<string, EmulatorFault>> = {
  'canceled by an administrator while it waits': { kind: 'canceled', while: 'Pending' },
  'canceled by an administrator while it runs': { kind: 'canceled', while: 'InProgress' },
  refused: { kind: 'deploy-fails', fullName: '*', problem: 'not today' },
  'refused for a lock': {
    kind: 'deploy-fails',
    fullName: '*',
    problem: 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access',
  },
};

/** What says that the org is out of reach, or turns requests away, where it lasts: exit code 5. */
export const OUT_OF_REACH: readonly string[] = [
  ...['connection refused', 'no answer, and the org did nothing', 'no answer, and the org did it'],
  'cut before',
  '502',
  '503',
  '503 with Retry-After',
  '504',
  '429',
  '429 with Retry-After',
  '429 with a date as Retry-After',
  'a Retry-After of a day',
  'an expired session',
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
];

/** A person or a pipeline that stops the command (SIGINT, SIGTERM, SIGHUP), so many times, while it waits for an answer. */
export interface Interrupt {
  readonly kind: 'interrupt';
  readonly count: number;
}

/** What befalls the connection itself, which the org does not see. */
export interface LineFault {
  readonly kind: 'line';
  readonly how: 'refused' | 'silent before' | 'silent after';
}

export const LINE_FAULTS: Readonly<Record<string, LineFault>> = {
  'connection refused': { kind: 'line', how: 'refused' },
  'no answer, and the org did nothing': { kind: 'line', how: 'silent before' },
  'no answer, and the org did it': { kind: 'line', how: 'silent after' },
};

export const INTERRUPTS: Readonly<Record<string, Interrupt>> = {
  'one interrupt': { kind: 'interrupt', count: 1 },
  'two interrupts': { kind: 'interrupt', count: 2 },
};
