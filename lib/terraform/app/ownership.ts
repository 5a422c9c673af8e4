import { liveText } from '../../metadata/live-app';
import type { ObservedApp } from '../../metadata/observed';
import type { KnownApp } from '../org/operation';
import { type ProviderConfig, UNNAMED } from '../org/provider-config';
import type { TerraformDiagnostic } from '../resource';
import { text, type Value, type Values } from '../wire/value';
import { type AppModel, pathOf } from './app-model';

/** What the state says about whose app it is. */
export const knownAs = (state: Values): KnownApp => ({
  consumerKey: text(state['consumer_key']),
  managedBy: text(state['managed_by']),
});

interface Owned {
  /** Undefined: the app is created. */
  readonly prior: Values | undefined;
  /** Something else of the app changes, and every write carries our line. */
  readonly touched: boolean;
  /** The app was imported and not changed since: an import changes nothing, and takes nothing from its owner. */
  readonly imported: boolean;
}

/** Whose app it is after the apply. A line that is missing, or that names an earlier name of ours, is put right. */
export const plannedOwner = ({ prior, touched, imported }: Owned, managedBy: string): Value =>
  prior !== undefined && imported && !touched ? (prior['managed_by'] ?? null) : managedBy;

/**
 * The owner from whom the app may be taken over, undefined where there is none. Terraform knows an app by its consumer key,
 * so what it has written before is its own whatever the line says; an imported one belongs to its owner until the provider
 * names him.
 */
export function formerOwner(
  { prior, imported }: Pick<Owned, 'prior' | 'imported'>,
  live: ObservedApp | undefined,
  config: ProviderConfig,
): string | undefined {
  const owner = liveText(live, 'managedBy');
  if (!prior || owner === undefined || owner === config.managedBy) return undefined;
  if (config.takeOverFrom.has(owner)) return owner;
  const known = knownAs(prior);
  return !imported && known.consumerKey !== undefined && known.consumerKey === liveText(live, 'consumerKey')
    ? owner
    : undefined;
}

/** What a plan says about an app that changes hands, or of which someone took the line out. */
export function ownershipRemarks(
  model: AppModel,
  {
    prior,
    planned,
    imported,
  }: { readonly prior: Values | undefined; readonly planned: Values; readonly imported: boolean },
  { former, isNew }: { readonly former: string | undefined; readonly isNew: boolean },
): readonly TerraformDiagnostic[] {
  if (!prior) return [];
  const apiName = text(prior['api_name']) ?? '';
  const path = pathOf(model, apiName);
  const [before, after] = [prior['managed_by'] ?? null, text(planned['managed_by'])];
  if (former !== undefined && after !== undefined && former !== after) {
    const detail = `Until now ${former} manages ${apiName} as code, as its description says. This plan makes it an app of ${after}: declare it there no longer.`;
    return [{ severity: 'warning', summary: `${path}: changes hands`, detail }];
  }
  if (imported && isNew && before === UNNAMED && after === UNNAMED) {
    const detail = `${apiName} is managed as code by ${UNNAMED} already, and every configuration that states no managed_by is called so: it may be an app of another one, and then each takes back what the other changes. Let one of them declare it, and give each a name of its own: provider "salesforce" { managed_by = "TEAM/ORG" }`;
    return [{ severity: 'warning', summary: `${path}: another configuration may manage it`, detail }];
  }
  if (before !== null || imported) return [];
  const detail = `The description of ${apiName} no longer says who manages the app, so other tools take it for unmanaged. This plan writes the line again.`;
  return [{ severity: 'warning', summary: `${path}: its ownership line was removed in the org`, detail }];
}
