import { TYPED_RESOURCES } from '../options/in-hcl';
import { snakeCase } from '../values/snake-case';
import { importProgram } from '.';
import type { ImportedOrg } from './model';

/** What Terraform takes an External Client App over as. */
export interface AsResource {
  readonly resource: string;
  /** Why it is not the resource of its kind of client. */
  readonly because?: string;
}

/**
 * An app is taken over by the resource of its kind of client where its evidence says which kind that is, and where the
 * import as a program would change nothing and leave nothing to write: the plan after the import is then empty. Every other one
 * keeps the metadata's own names, by which any app can be taken over as it is.
 */
export function resourcesFor(
  org: ImportedOrg,
  keepAsIs: ReadonlyMap<string, string>,
  today: string,
): (apiName: string) => AsResource {
  const { apps, hardenings, gaps, not_declared } = importProgram({ orgs: [org], kinds: new Map(), keepAsIs, today });
  const external = <T extends { readonly platform?: string }>({ platform }: T): boolean =>
    platform === 'external-client-app';
  const declared = new Map(apps.filter(external).map((each) => [each.api_name, each]));
  const whyNot = (apiName: string): string | undefined => {
    const app = declared.get(apiName);
    if (!app) return not_declared.find((each) => external(each) && each.app === apiName)?.reason ?? 'no kind fits it';
    if (app.confidence === 'none' || app.confidence === 'low')
      return 'its settings do not show what kind of client it is';
    if (app.kind === 'machine')
      return 'a machine needs a certificate, or an approver of its secret, and an import knows neither';
    const changed = hardenings.filter((each) => external(each) && each.app === apiName);
    const names = new Set(
      changed.map(({ option, change }) => (option === undefined ? change.title : snakeCase(option))),
    );
    if (names.size > 0) {
      return `the defaults of ${TYPED_RESOURCES[app.kind]} would change ${[...names].join(', ')}`;
    }
    return gaps.find((each) => each.app === apiName)?.problem;
  };
  return (apiName) => {
    const because = whyNot(apiName);
    const kind = declared.get(apiName)?.kind;
    return because === undefined && kind
      ? { resource: TYPED_RESOURCES[kind] }
      : { resource: 'salesforce_external_client_app', ...(because !== undefined && { because }) };
  };
}
