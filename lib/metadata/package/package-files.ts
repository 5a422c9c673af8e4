import type { Component } from '../component';
import { encode, type EncodeOptions } from '../encode';
import { componentType, SETTINGS_TYPES } from '../fields';
import type { Manifest, ManifestApp, ManifestComponent } from '../manifest';
import { componentPath } from './layout';
import { packageXml } from './package-xml';
import type { Files } from './zip';

const IS_SETTINGS = new Set(SETTINGS_TYPES.map((type) => type.name));

/** Components as a Metadata API package: `package.xml` and a file each. */
export function toPackage(components: readonly Component[], options: EncodeOptions): Files {
  const files = new Map<string, string>();
  const members = new Map<string, string[]>();
  for (const component of components) {
    files.set(componentPath(component.type, component.fullName), encode(component, options));
    const manifestName = IS_SETTINGS.has(component.type) ? 'Settings' : component.type;
    members.set(manifestName, [...(members.get(manifestName) ?? []), component.fullName]);
  }
  files.set('package.xml', packageXml(members, options.apiVersion));
  return files;
}

/**
 * The first-install package of one org, as anybody may deploy it with any tool: managed fields only, so everything
 * else gets the platform's default. Updates never use it; they merge with what the org has.
 */
export function packageFiles(manifest: Manifest): Files {
  const components = [
    ...manifest.settings.map((component) => newComponent(component)),
    ...(manifest.records ?? []).map((record) => newComponent(record)),
    ...manifest.apps
      .filter(installable)
      .flatMap((app) => app.components.map((component) => newComponent(component, app.api_name))),
  ];
  return toPackage(components, { apiVersion: manifest.org.api_version });
}

/** A Connected App exists already as a rule, and a package of managed fields would reset everything else of it. */
const installable = (app: ManifestApp): boolean =>
  app.platform === 'external-client-app' || app.creation_allowed_by_support === true;

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
