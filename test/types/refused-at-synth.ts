import type { CatalogCode } from '../../lib/values/catalog';
import type { DECLARATION } from '../../lib/values/catalog/declaration';
import type { PROGRAM } from '../../lib/values/catalog/program';
import type { IllegalDeclaration } from './illegal-declarations';

/**
 * What synth says of a program that compiles, by code of the catalog, and the same in HCL: arguments that `terraform
 * validate` must refuse or warn of, or why a configuration cannot come to it. `Case.says` is for what Terraform itself refuses,
 * in words of its own; else the code stands in the message.
 */
export interface Refused {
  readonly kind: IllegalDeclaration['kind'];
  /** Arguments that differ from a legal app; null: left out. */
  readonly hcl: IllegalDeclaration['hcl'];
  readonly says?: RegExp;
}

const of =
  (kind: Refused['kind']) =>
  (hcl: Refused['hcl'], says?: RegExp): Refused => ({ kind, hcl, ...(says && { says }) });
const [client, device, machine] = [of('private'), of('public'), of('machine')];

const PER_ORG = 'A configuration of the provider is one org, so that no value is stated for each of several.';
const ONE_ENGINE = 'HCL has no engine but Terraform itself.';
const TYPED_ONLY = 'These resources are External Client Apps; salesforce_connected_app has no option of a construct.';
const NO_CDK = 'HCL needs no CDK.';
const API_VERSION =
  'Validate judges by the newest version, as it may not know that of the provider block; the plan refuses what the version does not have.';
const OF_PROVIDER =
  'An argument of the provider block: it is judged there, at validate, or as soon as the org is read.';
const RECORDS =
  'Handlers, scopes and apps are resources of their own, which know nothing of each other: Salesforce has the last word.';
const ONE_RECORD = 'What is about one record stands in refused-records.ts, for both languages.';
const PROGRAM_ONLY = 'It is about a program and its constructs, or about tests of one.';

export const REFUSED_AT_SYNTH: Readonly<
  Record<CatalogCode & (keyof typeof DECLARATION | keyof typeof PROGRAM), Refused | string>
> = {
  'missing-option': client({ label: null }, /argument "label" is required/),
  'wrong-type': client({ scopes: '{ api = true }' }, /set of string required|string required/),
  'wrong-value': client({ start_page: '{ page = "home" }' }, /no page "home"/),
  'unknown-option': client(
    { callback_ulrs: '["https://a.example/cb"]' },
    /Unsupported argument|argument named "callback_ulrs"/,
  ),
  'too-many': client({
    trusted_ip_ranges: '[for n in range(1, 131) : { start = "10.0.${n}.1", end = "10.0.${n}.9" }]',
  }),
  'same-name-twice': client({ custom_scopes: '["orders", "Orders"]' }),
  'same-range-twice': client({
    trusted_ip_ranges:
      '[{ start = "10.0.0.1", end = "10.0.0.9" }, { start = "10.0.0.1", end = "10.0.0.9", description = "again" }]',
  }),
  'reserved-text': client({ description: '"Portal\\nManaged as code by someone else"' }),
  'terraform-token': 'Every argument may take a value that is known later; the plan judges it when it is known.',
  'value-missing-for-org': PER_ORG,
  'value-for-unknown-org': PER_ORG,
  'username-missing-for-org': PER_ORG,
  'invalid-api-name': client({ api_name: '"1st"' }),
  'invalid-api-version': OF_PROVIDER,
  'invalid-apex-class': client({ apex_handler: '{ class_name = "1st", execute_as = "a@acme.example" }' }),
  'invalid-callback-url': client({ callback_urls: '["http://portal.acme.example/cb"]' }),
  'callback-urls-too-long': client({
    callback_urls: '[for n in range(100) : "https://portal.acme.example/a/long/path/of/a/callback/${n}"]',
  }),
  'credential-given': client({ label: '"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"' }),
  'invalid-certificate': machine({ certificate: '"not a certificate"' }),
  'unreadable-certificate-file': 'file() reads it, and Terraform itself refuses what cannot be read.',
  'private-key-given': machine({
    certificate: '"-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----"',
  }),
  'invalid-certificate-id': client({
    asset_token: '{ audiences = "https://a.example", signing_certificate = "my cert", validity = "60 minutes" }',
  }),
  'invalid-custom-scope': client({ custom_scopes: '["orders read"]' }),
  'invalid-duration': client({ access_tokens: '{ format = "opaque", lifetime = "0 minutes" }' }),
  'invalid-email': client({ contact_email: '"iam at acme"' }),
  'invalid-ip-range': client({ trusted_ip_ranges: '[{ start = "10.0.0.9", end = "10.0.0.1" }]' }),
  'invalid-org-id': OF_PROVIDER,
  'invalid-org-name': 'The org of a provider has no construct id.',
  'invalid-permission-set': client({
    permitted_users: '{ policy = "pre_authorized", permission_sets = ["Portal Access"] }',
  }),
  'invalid-profile': client({ permitted_users: '{ policy = "pre_authorized", profiles = ["Sales, Service"] }' }),
  'invalid-text': client({ label: '"Portal\\nof partners"' }),
  'invalid-url': client({ info_url: '"http://portal.acme.example"' }),
  'invalid-username': machine({ client_credentials: '{ run_as = "feed", justification = local.justification }' }),
  'unknown-scope': client({ scopes: '["Api", "Everything"]' }),

  'option-not-offered': machine(
    { callback_urls: '["https://a.example/cb"]' },
    /Unsupported argument|not expected here/,
  ),
  'option-of-another-platform': TYPED_ONLY,
  'option-of-another-engine': ONE_ENGINE,
  'not-on-connected-app': TYPED_ONLY,
  'not-a-connected-app': 'The argument of a scope has the name of a Connected App, and no resource of one.',
  'engine-cannot': ONE_ENGINE,
  'needs-newer-api-version': API_VERSION,
  'needs-older-api-version': API_VERSION,
  'output-unknown': ONE_ENGINE,
  'cdk-missing': NO_CDK,
  'cdk-of-stack-missing': NO_CDK,
  'null-provider-missing': NO_CDK,
  'provider-missing': 'terraform init refuses what it does not find.',

  'missing-justification': client({ refresh_tokens: '{ policy = "never_expires" }' }),
  'superfluous-justification': client({ pkce: '{ required = true, justification = local.justification }' }),
  'superfluous-option': client({
    first_party_app: '{ enabled = false, client_assertion_certificate = "0P1000000000001" }',
  }),
  'justification-incomplete': client({
    pkce: `{ required = false, justification = { reason = "", approved_by = "sec@acme.example", expires = "2027-01-31" } }`,
  }),
  'justification-expired': client({
    pkce: '{ required = false, justification = { reason = "x", approved_by = "sec@acme.example", expires = "2020-01-31" } }',
  }),
  'justification-too-long': client({
    pkce: '{ required = false, justification = { reason = "x", approved_by = "sec@acme.example", expires = "2099-01-31" } }',
  }),
  'no-way-in': machine({ certificate: null }),
  'machine-needs-pre-authorization': machine({ permitted_users: '{ policy = "self_authorized" }' }),
  'no-permission-set': machine({ permitted_users: '{ policy = "pre_authorized" }' }),
  'full-without-api': machine({ scopes: '["Full"]' }),
  'scopes-give-no-token': machine({ scopes: '["RefreshToken"]' }),
  'scope-needs-jwt': client({ scopes: '["Api", "MCP"]' }),
  'guest-needs-jwt': client({ code_and_credentials: '{ guest = {} }' }),
  'headless-registration-refused': client({ scopes: '["Api", "UserRegistration"]' }),
  'mcp-refused': TYPED_ONLY,
  'refresh-token-never-issued': client({ refresh_tokens: '{ policy = "expires_after", period = "12 hours" }' }),
  'id-token-never-issued': client({ id_token: '{ validity = "5 minutes" }' }),
  'trusts-every-address': client({ trusted_ip_ranges: '[{ start = "0.0.0.0", end = "255.255.255.255" }]' }),
  'start-page-switched-off': client({ start_page: '{ page = "saml" }', disabled_plugins: '["saml"]' }),
  'certificate-key-unusable': machine({ certificate: 'local.elliptic' }),
  'certificate-expired': 'A warning of the plan, for every app and not only for those that change.',
  'certificate-expires-soon': 'A warning of the plan, for every app and not only for those that change.',
  'certificate-shared-by-orgs': PER_ORG,

  'no-org': PROGRAM_ONLY,
  'duplicate-api-name': 'Resources of one type know nothing of each other at validate: the plan refuses it.',
  'duplicate-org-name': PROGRAM_ONLY,
  'duplicate-terraform-address': 'Terraform itself refuses two resources of one address.',
  'stated-twice': PROGRAM_ONLY,
  contradiction: PROGRAM_ONLY,
  'code-and-credentials-not-allowed': 'The org decides, or settings of the same configuration: the plan says it.',
  'two-default-handlers': RECORDS,
  'handler-without-token-exchange': RECORDS,
  'description-may-be-refused': ONE_RECORD,
  'known-app-unusable': PROGRAM_ONLY,
  'exemption-out-of-place': PROGRAM_ONLY,
  'test-subject-unusable': PROGRAM_ONLY,
  'test-of-no-app': PROGRAM_ONLY,
  'test-of-several-orgs': PROGRAM_ONLY,
  'test-of-several-apps': PROGRAM_ONLY,
};

/** Apps on a device are judged by the rules of the others where they have the option at all. */
export const OF_A_DEVICE: readonly Refused[] = [
  device({ callback_urls: '["http://field.acme.example/cb"]' }, /invalid-callback-url/),
  device({ scopes: '["Api", "Everything"]' }, /unknown-scope/),
];
