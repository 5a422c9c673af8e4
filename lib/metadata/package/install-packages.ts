import { sayingNoCertificate } from '../certificate-in-org';
import type { Component } from '../component';
import { componentType } from '../fields';
import type { Manifest, ManifestApp, ManifestComponent } from '../manifest';
import { isOpen, phaseFolder, type PhaseName, PHASES } from '../phases';
import { recordKindOf } from '../records/words';
import { toPackage } from './package-files';
import type { Files } from './zip';

/** A folder that any tool deploys as it is: `package.xml` and components, nothing else. */
export interface InstallPackage {
  /** Number and phase, such as `1-enable`. */
  readonly folder: string;
  readonly files: Files;
}

/**
 * The packages that install one org's program where none of it is yet, in the order of their deploys; none is empty.
 * Managed fields only, so everything else gets the platform's default. Updates never use them; they merge with what the
 * org has.
 */
export function installPackages(manifest: Manifest): readonly InstallPackage[] {
  const components = componentsOf(manifest);
  return PHASES.filter((name) => components[name].length > 0).map((name, index) => ({
    folder: phaseFolder(index, name),
    files: toPackage(components[name], { apiVersion: manifest.org.api_version }),
  }));
}

function componentsOf(manifest: Manifest): Readonly<Record<PhaseName, readonly Component[]>> {
  const settings = manifest.settings.map((component) => newComponent(component));
  const recordsOf = (phase: PhaseName): readonly Component[] =>
    (manifest.records ?? [])
      .filter(({ type }) => recordKindOf(type)?.phase === phase)
      .map((record) => newComponent(record));
  return {
    enable: [...settings.map(opened).filter(hasFields), ...recordsOf('enable')],
    apps: manifest.apps
      .filter(installable)
      .flatMap((app) => app.components.map((component) => newRecordOf(app, component))),
    handlers: recordsOf('handlers'),
    // Whole, because Salesforce may take a field that is left out back to its default.
    tighten: settings.filter((component) => fieldCount(component) > fieldCount(opened(component))),
  };
}

/** Of a settings record, what it opens. */
function opened(component: Component): Component {
  const known = componentType(component.type)?.fields ?? [];
  const opens = ([name, value]: [string, Component['fields'][string]]): boolean =>
    known.some((field) => field.name === name && isOpen(field, value));
  return { ...component, fields: Object.fromEntries(Object.entries(component.fields).filter(opens)) };
}

const fieldCount = ({ fields }: Component): number => Object.keys(fields).length;
const hasFields = (component: Component): boolean => fieldCount(component) > 0;

/** A Connected App exists already as a rule, and a package of managed fields would reset everything else of it. */
const installable = (app: ManifestApp): boolean =>
  app.platform === 'external-client-app' || app.creation_allowed_by_support === true;

/** The line of a new app says where it has no certificate: later runs cannot read that (D5). */
function newRecordOf(app: ManifestApp, component: ManifestComponent): Component {
  const record = newComponent(component, app.api_name);
  return app.certificate ? record : sayingNoCertificate(record, app.platform);
}

/** A declared component as a new record; satellites name their app. */
export function newComponent(component: ManifestComponent, apiName?: string): Component {
  const fields: Record<string, Component['fields'][string]> = {};
  for (const [name, { value }] of Object.entries(component.fields)) {
    if (!Array.isArray(value) || value.length > 0) fields[name] = value;
  }
  const names = componentType(component.type)?.fields.some(({ role }) => role === 'join') === true;
  if (apiName !== undefined && names) {
    fields['externalClientApplication'] = apiName;
  }
  return { type: component.type, fullName: component.name, fields };
}
