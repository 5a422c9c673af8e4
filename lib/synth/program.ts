import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { appAddress, applyAddress } from './addresses';
import type { OrgOptions } from './org-options';
import type { Synthesis } from './synthesize';
import { unknownOrgs } from './unknown-orgs';

/** Everything wrong in all orgs of all stacks. */
export const checkProgram = (orgs: readonly Synthesis[]): readonly Diagnostic[] => [
  ...orgs.flatMap(({ diagnostics }) => diagnostics),
  ...sharedNames(orgs.map(({ org }) => org.options)),
  ...sharedAddresses(orgs),
  ...sharedCertificates(orgs),
  ...unknownOrgs(orgs.map(({ org }) => org)),
];

/** Two orgs of one stack would share a folder and, case aside, their credentials' variables `SF_<ORG>_…`. */
function sharedNames(orgs: readonly OrgOptions[]): readonly Diagnostic[] {
  const first = new Map<string, OrgOptions>();
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
function addressed({
  org: { options },
  apps,
  records,
}: Synthesis): readonly { readonly path: string; readonly apiName: string; readonly type: string }[] {
  return [
    ...[...apps.values()].map(({ path, apiName }) => ({ path, apiName, type: '' })),
    ...(options.engine === 'provider' ? [...records.values()] : []).map(({ path, apiName, kind }) => ({
      path,
      apiName,
      type: `${kind.type.name}.`,
    })),
  ];
}

/** `a_b` + `c` and `a` + `b_c` are the same address, and cdktf would merge the two resources without a word. */
function sharedAddresses(orgs: readonly Synthesis[]): readonly Diagnostic[] {
  const applying = orgs.map(({ org }) => org.options).filter(({ engine }) => engine === 'null');
  const first = new Map(applying.map(({ stack, name, path }) => [`${stack}/${applyAddress(name)}`, path]));
  return orgs.flatMap((each) => {
    const org = each.org.options;
    return addressed(each).flatMap(({ path, apiName, type }) => {
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
    });
  });
}

/** Whoever holds the key of one org, a sandbox's CI for example, could then enter the other one. */
function sharedCertificates(orgs: readonly Synthesis[]): readonly Diagnostic[] {
  const first = new Map<string, { readonly org: string; readonly path: string }>();
  return orgs.flatMap(({ org: { options: org }, manifestApps }) =>
    [...manifestApps.values()].flatMap(({ path, certificate }): readonly Diagnostic[] => {
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
