import type { Certificate } from '../../values/certificate';
import type { ClientCredentialsPolicy, PermittedUsersPolicy } from '../client-app';
import { CertificateOption } from '../options/certificate-option';
import type { Reading } from '../reading';
import { readJustification } from './justification';
import { readUsername } from './usernames';
import { readRecord } from './values';

/** The certificate; what stands in its place is never shown, because it may be a private key. */
export function readCertificate(value: unknown, reading: Reading, field = 'certificate'): Certificate | undefined {
  return reading.perOrg(value, field, (one) => readOne(one, field, reading));
}

function readOne(value: unknown, field: string, reading: Reading): Certificate | undefined {
  if (value === undefined) return undefined;
  const allowed = "Certificate.fromFile('client.crt') or Certificate.fromPem('-----BEGIN CERTIFICATE-----…')";
  if (!CertificateOption.is(value)) {
    const problem = { problem: 'the value is not a Certificate', allowed, remedy: `write ${allowed}` };
    reading.report('wrong-type', field, problem);
    return undefined;
  }
  if (value.result.ok) return value.result.value;
  const { code, problem, file } = value.result.error;
  const remedy =
    code === 'private-key-given'
      ? 'give the certificate; if the key was ever committed or sent, replace the key pair'
      : 'give the PEM file of one public X.509 certificate';
  reading.report(code, field, { problem, allowed, remedy }, file === undefined ? undefined : { given: file });
  return undefined;
}

/** The run-as user in this org; the flow exists only with a justification. */
export function readClientCredentials(value: unknown, reading: Reading): ClientCredentialsPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'clientCredentials', ['runAs', 'justification'], reading);
  if (!record) return undefined;
  readJustification(record['justification'], 'clientCredentials', 'the client credentials flow', reading);
  return { runAs: readUsername(record['runAs'], 'clientCredentials.runAs', reading) };
}

/** What must hold between the options of a machine (D18). */
export function checkMachine(
  app: {
    readonly certificate: unknown;
    readonly clientCredentials: unknown;
    readonly permittedUsers: unknown;
    readonly policy: PermittedUsersPolicy;
    readonly scopes: readonly string[];
  },
  reading: Reading,
): void {
  if (app.certificate === undefined && app.clientCredentials === undefined) {
    reading.report('no-way-in', 'certificate', {
      problem: 'the machine has no way to sign in',
      allowed: 'certificate (JWT bearer flow), clientCredentials with a justification, or both',
      remedy: 'add certificate: Certificate.fromFile(…)',
    });
  }
  if (app.permittedUsers !== undefined && app.policy.policy === 'self-authorized') {
    reading.report('machine-needs-pre-authorization', 'permittedUsers', {
      problem: 'a machine cannot approve an app for itself',
      allowed: 'PermittedUsers.preAuthorized({ permissionSets: […] })',
      remedy: 'name the permission set that the integration user holds',
    });
  } else if (
    app.certificate !== undefined &&
    'permissionSets' in app.policy &&
    app.policy.permissionSets.length === 0
  ) {
    reading.report(
      'nobody-permitted',
      'permittedUsers.permissionSets',
      {
        problem: 'the JWT bearer flow lets in holders of a listed permission set only, and none is listed',
        allowed: 'at least one permission set',
        remedy: 'name the permission set that the integration user holds',
      },
      { given: [], source: 'Salesforce Help: OAuth 2.0 JWT Bearer Flow for External Client Apps' },
    );
  }
  if (app.scopes.includes('Full') && !app.scopes.includes('Api')) {
    reading.report('full-without-api', 'scopes', {
      problem: 'Full alone does not let a machine in: the token endpoint answers that no valid scope is defined',
      allowed: 'Api, with or without others',
      remedy: 'replace Scope.FULL by Scope.API',
    });
  }
}
