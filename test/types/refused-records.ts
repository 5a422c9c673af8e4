import { TokenType, Username } from '../../constructs';

/**
 * Custom scopes and token exchange handlers that compile and are none, in both languages: what differs from a legal record,
 * for synth and for `terraform validate`, and the code that both must say. A text: why HCL says nothing of it.
 */
export interface RefusedRecord {
  readonly what: string;
  readonly record: 'scope' | 'handler';
  readonly code: string;
  readonly program: Readonly<Record<string, unknown>>;
  readonly hcl:
    | string
    | {
        /** Arguments by their path. */
        readonly given: Readonly<Record<string, string>>;
        /** What it says in place of the code. */
        readonly says?: RegExp;
      };
}

type Row = readonly [what: string, code: string, program: RefusedRecord['program'], hcl: RefusedRecord['hcl']];

const runAs = Username.of('exchange@acme.example');
const served = (app: string, user = 'exchange@acme.example'): string =>
  `{ ${app}, apex_execution_user = "${user}", is_default = false }`;
const serves = (...rows: readonly string[]): RefusedRecord['hcl'] => ({
  given: { 'handler.enablements': `[${rows.join(', ')}]` },
});
const AS_IT_IS = 'The metadata has it, and a handler of the org can be taken over as it is: the plan says what widens.';

const SCOPES: readonly Row[] = [
  ['a name with a space', 'invalid-api-name', { apiName: 'orders read' }, { given: { api_name: '"orders read"' } }],
  [
    'a label of two lines',
    'invalid-text',
    { label: 'Read\norders' },
    { given: { 'scope.master_label': '"Read\\norders"' } },
  ],
  ['a blank description', 'invalid-text', { description: ' ' }, { given: { 'scope.description': '" "' } }],
  [
    'a description that Salesforce’s guide does not allow',
    'description-may-be-refused',
    { description: 'Reads (orders)' },
    { given: { 'scope.description': '"Reads (orders)"' } },
  ],
  [
    'an app that can have no such name',
    'invalid-api-name',
    { connectedApps: ['1st'] },
    { given: { 'scope.assigned_to': '[{ connected_app = "1st" }]' } },
  ],
];

const HANDLERS: readonly Row[] = [
  [
    'a name that ends in an underscore',
    'invalid-api-name',
    { apiName: 'Partner_' },
    { given: { api_name: '"Partner_"' } },
  ],
  [
    'a class that can have no such name',
    'invalid-apex-class',
    { apexClass: '1st' },
    { given: { 'handler.token_handler_apex': '"1st"' } },
  ],
  [
    'an app that can have no such name',
    'invalid-api-name',
    { enabledFor: [{ app: { externalClientApp: '1st' }, runAs }] },
    serves(served('external_client_app = "1st"')),
  ],
  [
    'one app twice',
    'same-name-twice',
    { enabledFor: ['Portal', 'PORTAL'].map((name) => ({ app: { externalClientApp: name }, runAs })) },
    serves(served('external_client_app = "Portal"'), served('external_client_app = "PORTAL"')),
  ],
  [
    'no username',
    'invalid-username',
    { enabledFor: [{ app: { externalClientApp: 'Portal' }, runAs: Username.of('exchange') }] },
    serves(served('external_client_app = "Portal"', 'exchange')),
  ],
  [
    'two apps in one row',
    'wrong-type',
    { enabledFor: [{ app: { externalClientApp: 'Portal', connectedApp: 'Legacy' }, runAs }] },
    {
      given: { 'handler.enablements': `[${served('external_client_app = "Portal", connected_app = "Legacy"')}]` },
      says: /names one app/,
    },
  ],
  ['no kind of token', 'wrong-type', { accepts: [] }, AS_IT_IS],
  ['users without a reason', 'missing-justification', { createsUsers: { enabled: true } }, AS_IT_IS],
  ['contacts without a reason', 'missing-justification', { createsContacts: { enabled: true } }, AS_IT_IS],
];

/** Legal options, which each row changes. */
export const LEGAL_RECORDS = {
  scope: { label: 'Read orders', description: 'Reads orders' },
  handler: {
    label: 'Partner tokens',
    description: 'Takes tokens of the partner',
    apexClass: 'PartnerTokens',
    accepts: [TokenType.JWT],
    enabledFor: [],
  },
} as const;

const rows = (record: RefusedRecord['record'], all: readonly Row[]): readonly RefusedRecord[] =>
  all.map(([what, code, program, hcl]) => ({ what, record, code, program, hcl }));

export const REFUSED_RECORDS: readonly RefusedRecord[] = [...rows('scope', SCOPES), ...rows('handler', HANDLERS)];
