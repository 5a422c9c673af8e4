import type { Component } from '../component';
import { encode, type EncodeOptions } from '../encode';
import { SETTINGS_TYPES } from '../fields';
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
