import { ClientAppsError, isError, type Diagnostic } from '../lib/values/diagnostic';
import { diagnose } from '../lib/values/diagnose';
import type { IConstruct } from './base';
import { OrgState } from './org-state';
import { unknownOrgs } from './unknown-orgs';

/** Every org of the program that the construct belongs to, in the order of declaration. */
export function orgsOf(construct: IConstruct): readonly OrgState[] {
  return construct.node.root.node.findAll().flatMap((each) => OrgState.of(each) ?? []);
}

/** Everything wrong in all orgs of all stacks. */
export function programDiagnostics(construct: IConstruct): readonly Diagnostic[] {
  const orgs = orgsOf(construct);
  return [
    ...orgs.flatMap((org) => org.evaluation().diagnostics),
    ...sharedNames(orgs),
    ...sharedAddresses(orgs),
    ...sharedCertificates(orgs),
    ...unknownOrgs(orgs),
  ];
}

/** Throws everything wrong in all orgs of all stacks as one error; returns where nothing is. */
export function requireValidProgram(construct: IConstruct): void {
  const diagnostics = programDiagnostics(construct);
  if (!diagnostics.some(isError)) return;
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
  const counted = [numbered(errors, 'error'), ...(warnings > 0 ? [numbered(warnings, 'warning')] : [])].join(', ');
  throw new ClientAppsError('INVALID_DECLARATION', diagnostics, { summary: `${counted}. Nothing was synthesized.` });
}

const numbered = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** Two orgs of one stack would share a folder and, case aside, their credentials' variables `SF_<ORG>_…`. */
function sharedNames(orgs: readonly OrgState[]): readonly Diagnostic[] {
  const first = new Map<string, OrgState>();
  return orgs.flatMap((org) => {
    const key = `${org.stack}/${org.name}`.toLowerCase();
    const other = first.get(key);
    if (!other) {
      first.set(key, org);
      return [];
    }
    return diagnose(
      'duplicate-org-name',
      { path: org.path, field: 'id', value: JSON.stringify(org.name) },
      { other: other.path },
    );
  });
}

/** Address of the Terraform resource of an app, without its type. */
export const appAddress = (org: string, apiName: string): string => `${org}_${apiName}`;
/** Address of the Terraform resource of the org's settings, without its type. */
export const settingsAddress = (org: string): string => `${org}_oauth_settings`;
/** Address of the Terraform resource that applies all apps of an org, without its type. */
export const applyAddress = (org: string): string => `${org}_apply`;

/**
 * What has an address that its name is a part of. Apps are told apart by their names alone; of custom scopes and token
 * exchange handlers each type has its own addresses, and with the engine null none.
 */
function addressed(
  org: OrgState,
): readonly { readonly path: string; readonly apiName: string; readonly type: string }[] {
  const { apiNames, engine, records } = org.evaluation();
  return [
    ...[...apiNames].map(([path, apiName]) => ({ path, apiName, type: '' })),
    ...(engine === 'provider' ? [...records.values()] : []).map(({ path, apiName, record }) => ({
      path,
      apiName,
      type: `${record}.`,
    })),
  ];
}

/** `a_b` + `c` and `a` + `b_c` are the same address, and cdktf would merge the two resources without a word. */
function sharedAddresses(orgs: readonly OrgState[]): readonly Diagnostic[] {
  const applying = orgs.filter((org) => org.evaluation().engine === 'null');
  const first = new Map<string, string>(applying.map((org) => [`${org.stack}/${applyAddress(org.name)}`, org.path]));
  return orgs.flatMap((org) =>
    addressed(org).flatMap(({ path, apiName, type }) => {
      const key = `${org.stack}/${type}${appAddress(org.name, apiName)}`;
      const other = first.get(key);
      if (other === undefined || other.startsWith(`${org.path}/`)) {
        first.set(key, path);
        return [];
      }
      return diagnose(
        'duplicate-terraform-address',
        { path, field: 'apiName', value: JSON.stringify(apiName) },
        { address: appAddress(org.name, apiName), other },
      );
    }),
  );
}

/** Whoever holds the key of one org, a sandbox's CI for example, could then enter the other one. */
function sharedCertificates(orgs: readonly OrgState[]): readonly Diagnostic[] {
  const first = new Map<string, { readonly org: string; readonly path: string }>();
  return orgs.flatMap((org) =>
    [...org.evaluation().manifestApps.values()].flatMap(({ path, certificate }): readonly Diagnostic[] => {
      if (!certificate) return [];
      const other = first.get(certificate.fingerprint);
      if (!other) first.set(certificate.fingerprint, { org: org.path, path });
      if (!other || other.org === org.path) return [];
      return [
        diagnose(
          'certificate-shared-by-orgs',
          {
            path,
            field: 'certificate',
            value: `sha256:${certificate.fingerprint}`,
            source: 'NIST SP 800-57 part 1, section 5.2',
          },
          { other: other.path },
        ),
      ];
    }),
  );
}
