import { readFileSync } from 'node:fs';

import { CertificateOption } from '../../lib/declaration/options/certificate-option';
import { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import { Scope } from '../../lib/declaration/options/scope';
import { Username } from '../../lib/declaration/options/username';
import type { DeclareContext } from '../../lib/declaration/reading';
import { Certificate } from '../../lib/values/certificate';
import type { Diagnostic } from '../../lib/values/diagnostic';
import type { Result } from '../../lib/values/result';

const TODAY = '2026-07-01';

export const context: DeclareContext = {
  path: 'identity/prod/App',
  org: 'prod',
  id: 'App',
  apiVersion: 66,
  today: TODAY,
  contactEmail: 'iam@acme.example',
};

export const justification = { reason: 'Old client', approvedBy: 'sec@acme.example', expires: '2027-01-31' };

export function demoCertificate(): CertificateOption {
  const parsed = Certificate.parse(readFileSync('examples/quickstart/certs/billing-sync.crt', 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error);
  return new CertificateOption(parsed);
}

export const privateProps = {
  label: 'Portal',
  callbackUrls: ['https://portal.acme.example/cb'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
};

export const publicProps = {
  label: 'Field App',
  callbackUrls: ['fieldapp://oauth'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN],
  permittedUsers: PermittedUsers.selfAuthorized(),
};

export const machineProps = {
  label: 'Feed',
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] }),
  certificate: demoCertificate(),
};

export const clientCredentials = { runAs: Username.of('feed@acme.example'), justification };

/** The value, or the test fails with the problems as its message. */
export function valid<T>(result: Result<T, readonly Diagnostic[]>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.map(({ field, problem }) => `${field}: ${problem}`).join('\n'));
}

/** `code field` of every problem. */
export function problems(result: Result<unknown, readonly Diagnostic[]>): readonly string[] {
  return result.ok ? [] : result.error.map(({ code, field }) => `${code} ${field ?? ''}`);
}

/** The only problem, or the test fails. */
export function onlyProblem(result: Result<unknown, readonly Diagnostic[]>): Diagnostic {
  expect(problems(result)).toHaveLength(1);
  if (result.ok || !result.error[0]) throw new Error('no problem');
  return result.error[0];
}
