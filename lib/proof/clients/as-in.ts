import type { Component } from '../../metadata/component';
import { componentType } from '../../metadata/fields';
import type { Manifest, ManifestApp, ManifestComponent } from '../../metadata/manifest';
import { presentComponent } from '../../metadata/observe';
import type { ObservedApp, ObservedOrg } from '../../metadata/observed';

type Fields = ManifestComponent['fields'];

/** The manifest with one app, and with the OAuth settings of the org, as an org has them. */
export function asIn(manifest: Manifest, app: ManifestApp, observed: ObservedOrg, live: ObservedApp): Manifest {
  const settings = manifest.settings.map((component) => {
    const found = observed.settings[component.type];
    return found?.state === 'present' ? { ...component, fields: stored(found.component) } : component;
  });
  const components = app.components.map((component) => {
    const found = presentComponent(live, component.type);
    return found ? { ...component, fields: { ...notShown(component), ...stored(found) } } : component;
  });
  const apps = manifest.apps.map((one) => (one === app ? { ...app, components } : one));
  return { ...manifest, settings, apps };
}

/** What an author could have declared; the rest Salesforce makes itself. */
function stored({ type, fields }: Component): Fields {
  const known = new Map(componentType(type)?.fields.map((field) => [field.name, field]));
  const ours = Object.entries(fields).filter(([name]) => known.get(name)?.role === 'author');
  return Object.fromEntries(ours.map(([name, value]) => [name, { value, ownership: 'stated' as const }]));
}

/** What an org may keep to itself, and what only says whose the record is: a certificate that is declared is taken to be there. */
function notShown({ type, fields }: ManifestComponent): Fields {
  const known = new Map(componentType(type)?.fields.map((field) => [field.name, field]));
  const kept = Object.entries(fields).filter(([name]) => {
    const { role, writeOnly } = known.get(name) ?? {};
    return role !== 'author' || writeOnly === true;
  });
  return Object.fromEntries(kept);
}
