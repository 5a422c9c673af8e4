import type { Manifest, ManifestApp } from '../../lib/metadata/manifest';
import { diagnose } from '../../lib/values/diagnose';
import type { Diagnostic } from '../../lib/values/diagnostic';
import { ClientAppsError } from '../../lib/values/diagnostic';
import { nearest } from '../../lib/values/nearest';
import { OrgState } from '../engines/org-state';
import { requireValidProgram } from '../engines/program';
import { Construct, type IConstruct } from '../tree';

/** What a test asks about: a program, an org or a client app of it, or the manifest of an org. */
export type TestSubject = IConstruct | Manifest;

/** One org of what a test asks about. */
export interface AskedOrg {
  readonly manifest: Manifest;
  /** `YYYY-MM-DD`: exceptions count until their day. */
  readonly today: string;
  /** The apps that are meant: all of them, or those of a construct inside the org. */
  readonly apps: readonly ManifestApp[];
  /** The org itself is meant, too. */
  readonly whole: boolean;
}

/** The orgs of a construct before anyone asked whether they are valid. */
function orgStatesOf(subject: IConstruct): readonly OrgState[] {
  const around = subject.node.scopes.flatMap((scope) => OrgState.of(scope) ?? []);
  return around.length > 0 ? around.slice(-1) : subject.node.findAll().flatMap((each) => OrgState.of(each) ?? []);
}

export const isConstruct = (subject: unknown): subject is IConstruct => Construct.isConstruct(subject);

/**
 * The manifests of what a test asks about.
 * @throws ClientAppsError with every problem of the program, and where there is no org or app.
 */
export function orgsAsked(subject: unknown, today: () => string): readonly AskedOrg[] {
  if (isManifest(subject)) return [{ manifest: subject, today: today(), apps: subject.apps, whole: true }];
  if (!isConstruct(subject)) throw unusable(diagnose('test-subject-unusable', { path: 'test' }));
  requireValidProgram(subject);
  const { path } = subject.node;
  const asked = orgStatesOf(subject).flatMap((state): readonly AskedOrg[] => {
    const { manifest } = state.synthesis();
    if (manifest === undefined) return [];
    const within = path.startsWith(`${manifest.org.path}/`);
    const apps = manifest.apps.filter((app) => !within || app.path === path || app.path.startsWith(`${path}/`));
    return within && apps.length === 0 ? [] : [{ manifest, today: state.options.today, apps, whole: !within }];
  });
  if (asked.length === 0) throw unusable(diagnose('test-of-no-app', { path: path === '' ? 'App' : path }));
  return asked;
}

/** @throws ClientAppsError as orgsAsked does, and where there are several. */
export function orgAsked(subject: unknown, today: () => string): AskedOrg {
  const [org, ...others] = orgsAsked(subject, today);
  if (org && others.length === 0) return org;
  const names = [org, ...others].flatMap((each) => each?.manifest.org.path ?? []);
  throw unusable(diagnose('test-of-several-orgs', { path: 'test' }, { count: names.length, orgs: names.join(', ') }));
}

/**
 * The one app that is meant.
 * @param name API name, where the subject has several apps.
 * @throws ClientAppsError as orgAsked does, and where there is no such app, or more than one and no name.
 */
export function appAsked(
  subject: unknown,
  name: string | undefined,
  today: () => string,
): AskedOrg & { readonly app: ManifestApp } {
  const org = orgAsked(subject, today);
  const names = org.apps.map(({ api_name: each }) => each);
  const found = name === undefined ? org.apps : org.apps.filter(({ api_name: each }) => each === name);
  const [app, ...others] = found;
  if (app && others.length === 0) return { ...org, app };
  if (name !== undefined) throw unusable(unknownApp(name, names));
  throw unusable(
    diagnose('test-of-several-apps', { path: org.manifest.org.path }, { count: names.length, apps: names.join(', ') }),
  );
}

const unknownApp = (name: string, names: readonly string[]): Diagnostic =>
  diagnose(
    'app-unknown',
    { path: 'test', value: name, allowed: names.join(', '), meant: nearest(name, names) },
    { app: name },
  );

const unusable = (problem: Diagnostic): ClientAppsError => new ClientAppsError('INVALID_INPUT', [problem]);

const isManifest = (subject: unknown): subject is Manifest =>
  typeof subject === 'object' && subject !== null && 'format_version' in subject && 'apps' in subject;
