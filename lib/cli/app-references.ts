import type { Manifest } from '../metadata/manifest';
import { type Consents, NO_CONSENTS } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';
import { ClientAppsError } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { ConsentOptions } from './options';

/** Which apps the command line names, for one manifest. */
export type NamedApps = (manifest: Manifest) => readonly string[];

/**
 * Finds the apps that an option names as `Name` or `ORG/Name`. Where a run has several orgs a bare name must be
 * declared in exactly one of them: nobody agrees to something in an org they did not think of.
 * @param declared Whether the code must declare the app; a deletion concerns one it no longer declares.
 */
export function namedApps(
  option: string,
  references: readonly string[],
  manifests: readonly Manifest[],
  declared: boolean,
): NamedApps {
  const problems: Diagnostic[] = [];
  const byManifest = new Map<Manifest, string[]>();
  for (const reference of references) {
    const found = resolve(reference, manifests, declared);
    if ('problem' in found) problems.push({ ...found.problem, path: option, value: reference });
    else byManifest.set(found.manifest, [...(byManifest.get(found.manifest) ?? []), found.name]);
  }
  if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
  return (manifest) => [...new Set(byManifest.get(manifest) ?? [])].sort();
}

/** The consents of the command line for each manifest. */
export function consentsFor(
  options: ConsentOptions,
  manifests: readonly Manifest[],
): (manifest: Manifest) => Consents {
  const named = {
    adopt: namedApps('--adopt', options.adopt, manifests, true),
    re_enable: namedApps('--re-enable', options.reEnable, manifests, true),
    allow_delete: namedApps('--allow-delete', options.allowDelete, manifests, false),
    allow_recreate: namedApps('--allow-recreate', options.allowRecreate, manifests, true),
    except: namedApps('--except', options.except, manifests, true),
    allow_certificate_removal: namedApps(
      '--allow-certificate-removal',
      options.allowCertificateRemoval,
      manifests,
      true,
    ),
  };
  return (manifest) => ({
    ...NO_CONSENTS,
    ...Object.fromEntries(Object.entries(named).map(([consent, apps]) => [consent, apps(manifest)])),
    prune: options.prune ?? false,
    resend_certificates: options.resendCertificates ?? false,
  });
}

type Problem = Omit<Diagnostic, 'path'>;
type Resolved = { readonly manifest: Manifest; readonly name: string } | { readonly problem: Problem };

function resolve(reference: string, manifests: readonly Manifest[], declared: boolean): Resolved {
  const cut = reference.lastIndexOf('/');
  const org = cut < 0 ? undefined : reference.slice(0, cut);
  const name = reference.slice(cut + 1);
  if (name === '') return fault('this names no app', 'name it as Name or ORG/Name');
  const candidates = org === undefined ? manifests : manifests.filter((manifest) => manifest.org.name === org);
  if (candidates.length === 0) {
    return fault('this run has no such org', 'correct the name before the slash', orgNames(manifests));
  }
  const declaring = candidates.filter((manifest) => manifest.apps.some((app) => app.api_name === name));
  const [first, second] = declaring.length > 0 || declared ? declaring : candidates;
  if (first && second) {
    return fault('more than one org of this run could be meant', 'say which one: ORG/Name', orgNames(manifests));
  }
  if (first) return { manifest: first, name };
  const names = [...new Set(candidates.flatMap(({ apps }) => apps.map((app) => app.api_name)))].sort();
  const likely = nearest(name, names);
  const allowed = `${names.join(', ')}${likely === undefined ? '' : ` (did you mean ${likely}?)`}`;
  return fault('the code declares no such app', 'correct the name; it is the API name, not the label', allowed);
}

const orgNames = (manifests: readonly Manifest[]): string =>
  [...new Set(manifests.map(({ org }) => org.name))].join(', ');

function fault(problem: string, remedy: string, allowed?: string): { readonly problem: Problem } {
  const details = allowed === undefined ? {} : { allowed };
  return { problem: { code: 'app-not-named', severity: 'error', problem, remedy, ...details } };
}
