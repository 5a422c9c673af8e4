import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { appAddress, applyAddress } from './addresses';
import type { Evaluation } from './evaluate';
import type { OrgInputs } from './org-inputs';
import { unknownOrgs } from './unknown-orgs';

/** An org of the program, and what was found of it. */
export interface OrgOfProgram extends Pick<OrgInputs, 'name' | 'path' | 'stack' | 'apps' | 'records'> {
  evaluation(): Evaluation;
}

/** Everything wrong in all orgs of all stacks. */
export const checkProgram = (orgs: readonly OrgOfProgram[]): readonly Diagnostic[] => [
  ...orgs.flatMap((org) => org.evaluation().diagnostics),
  ...sharedNames(orgs),
  ...sharedAddresses(orgs),
  ...sharedCertificates(orgs),
  ...unknownOrgs(orgs),
];

/** Two orgs of one stack would share a folder and, case aside, their credentials' variables `SF_<ORG>_…`. */
function sharedNames(orgs: readonly OrgOfProgram[]): readonly Diagnostic[] {
  const first = new Map<string, OrgOfProgram>();
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

/**
 * What has an address that its name is a part of. Apps are told apart by their names alone; of custom scopes and token
 * exchange handlers each type has its own addresses, and with the engine null none.
 */
function addressed(
  org: OrgOfProgram,
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
function sharedAddresses(orgs: readonly OrgOfProgram[]): readonly Diagnostic[] {
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
function sharedCertificates(orgs: readonly OrgOfProgram[]): readonly Diagnostic[] {
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
