import type { Component } from '../../lib/metadata/component';
import { encode } from '../../lib/metadata/encode';
import type { ObservedOrg } from '../../lib/metadata/observed';
import { componentPath } from '../../lib/metadata/package/layout';

/** The files of an org, as Salesforce writes them. */
export function filesOf({ apps }: ObservedOrg, apiVersion: number): ReadonlyMap<string, string> {
  const components = [...apps.values()].flatMap((app) =>
    Object.values(app.components).flatMap((each): readonly Component[] =>
      each?.state === 'present' ? [each.component] : [],
    ),
  );
  return new Map(
    components.map((each) => [componentPath(each.type, each.fullName), encode(each, { apiVersion })] as const),
  );
}
