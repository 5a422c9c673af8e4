import type { Manifest } from '../metadata/manifest';
import { APP_CONSENTS, type AppConsent, consentRows, CONSENTS, flagOf, inProgram } from '../options/consents';
import { type Consents, NO_CONSENTS } from '../plan/plan';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { invalidInput } from './files';
import type { ConsentFlags, LockoutFlags } from './flags';
import { unknownOrg } from './manifests';

type Problem = Omit<Diagnostic, 'severity'>;

/** What the options name, for each org of the run by its name. */
export type ConsentsByOrg = ReadonlyMap<string, Consents>;

/**
 * Gives every org what was asked for by name. `ORG/Name` goes to that org; `Name` to every org that declares it. A name
 * for deletion is one that nothing declares any more, so it goes to every org: only an app that carries our line goes. The
 * app of a login need not be declared either; its name changes nothing in an org where the login came through another.
 * @throws ClientAppsError with every name that no org knows.
 */
export function consentsFor(
  manifests: readonly Manifest[],
  flags: ConsentFlags,
  targets: readonly string[] = [],
): ConsentsByOrg {
  const problems: Problem[] = [];
  const switches = Object.fromEntries(
    consentRows().flatMap(([name, { takes }]) =>
      takes === 'nothing' ? [[name, flags[inProgram(name)] ?? false]] : [],
    ),
  );
  const asked = { ...NO_CONSENTS, ...switches, fail_on: flags.failOn ?? NO_CONSENTS.fail_on };
  const byOrg = new Map(manifests.map(({ org }): [string, Consents] => [org.name, asked]));
  const add = (list: AppConsent, { org, app }: AppName): void => {
    const consents = byOrg.get(org);
    if (consents) byOrg.set(org, { ...consents, [list]: [...new Set([...consents[list], app])] });
  };
  for (const consent of APP_CONSENTS) {
    const named = CONSENTS[consent].takes === 'declared apps' ? declaring : anywhere;
    for (const text of flags[inProgram(consent)] ?? [])
      named(flagOf(consent), text, manifests, problems).forEach((name) => add(consent, name));
  }
  for (const name of untargeted(manifests, targets, problems)) add('except', name);
  if (problems.length > 0) throw invalidInput(...problems);
  return byOrg;
}

/** The orgs whose plan --target asks for; all of them without it. */
export function targetedOrgs(manifests: readonly Manifest[], targets: readonly string[]): readonly Manifest[] {
  if (targets.length === 0) return manifests;
  const named = targets.flatMap((text) => declaring('--target', text, manifests, []).map(({ org }) => org));
  return manifests.filter(({ org }) => named.includes(org.name));
}

interface AppName {
  readonly org: string;
  readonly app: string;
}

/** The apps of one org whose login a command may cut off that works without a plan: `Name`, or `ORG/Name` of that org. */
export const acceptedIn = (orgName: string, { acceptLockout = [] }: LockoutFlags): readonly string[] =>
  acceptLockout.map(splitName).flatMap(({ org, app }) => (org === undefined || org === orgName ? [app] : []));

/** `ORG/Name` or `Name`. */
export function splitName(text: string): { readonly org?: string; readonly app: string } {
  const slash = text.lastIndexOf('/');
  return slash < 0 ? { app: text } : { org: text.slice(0, slash), app: text.slice(slash + 1) };
}

function declaring(
  option: string,
  text: string,
  manifests: readonly Manifest[],
  problems: Problem[],
): readonly AppName[] {
  const { org, app } = splitName(text);
  const orgs = inOrg(option, org, manifests, problems);
  const found = orgs.filter(({ apps }) => apps.some(({ api_name: name }) => name === app));
  if (found.length === 0 && orgs.length > 0) problems.push(unknownApp(option, app, orgs));
  return found.map((manifest) => ({ org: manifest.org.name, app }));
}

function anywhere(
  option: string,
  text: string,
  manifests: readonly Manifest[],
  problems: Problem[],
): readonly AppName[] {
  const { org, app } = splitName(text);
  return inOrg(option, org, manifests, problems).map((manifest) => ({ org: manifest.org.name, app }));
}

function inOrg(
  option: string,
  org: string | undefined,
  manifests: readonly Manifest[],
  problems: Problem[],
): readonly Manifest[] {
  if (org === undefined) return manifests;
  const found = manifests.filter((manifest) => manifest.org.name === org);
  const known = manifests.map((manifest) => manifest.org.name);
  if (found.length === 0) problems.push(unknownOrg(option, org, known));
  return found;
}

/** The error for a name that no org of the run declares an app by. */
export function unknownApp(option: string, app: string, orgs: readonly Manifest[]): Problem {
  const known = [...new Set(orgs.flatMap(({ apps }) => apps.map(({ api_name: name }) => name)))].sort();
  return diagnose(
    'app-unknown',
    { path: option, value: app, allowed: known.join(', '), meant: nearest(app, known) },
    { app },
  );
}

/** With targets, every declared app that is not among them is left alone. */
function untargeted(
  manifests: readonly Manifest[],
  targets: readonly string[],
  problems: Problem[],
): readonly AppName[] {
  if (targets.length === 0) return [];
  const wanted = targets.flatMap((text) => declaring('--target', text, manifests, problems));
  return manifests.flatMap(({ org, apps }) =>
    apps
      .map(({ api_name: app }): AppName => ({ org: org.name, app }))
      .filter((name) => !wanted.some((target) => target.org === name.org && target.app === name.app)),
  );
}
