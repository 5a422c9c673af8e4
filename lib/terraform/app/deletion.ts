import { liveApp } from '../../metadata/live-app';
import { recordReferences, referringTo } from '../../metadata/references';
import { coverage, OTHERS, ownLogin, referenced } from '../../plan/deletion';
import { NO_CONSENTS } from '../../plan/plan';
import { consentsIn, consentsOf } from '../org/consents';
import type { Session } from '../org/session';
import { notToDelete } from '../org/whose-app';
import type { TerraformDiagnostic } from '../resource';
import { toTerraform } from '../terraform-diagnostic';
import { text, type Values } from '../wire/value';
import { type AppModel, pathOf } from './app-model';

const protects = (prior: Values): boolean => prior['deletion_protection'] !== false;

const PROTECTED =
  'deletion_protection is true. Apply deletion_protection = false first; or take the app out of the state and leave it ' +
  'in the org with a removed block (lifecycle { destroy = false }).';

/**
 * A create takes over what an interrupted one left behind, but never an app that may be deleted: that may be the one which
 * a replacement (create_before_destroy) is about to delete.
 */
export const mayAdopt = (planned: Values, { adopts }: { readonly adopts: boolean }): boolean =>
  adopts && protects(planned);

/** A Connected App cannot be made anew. */
const forGood = ({ platform }: AppModel): string =>
  platform === 'connected-app'
    ? "No one can create it again: Salesforce closed the creation of Connected Apps in Spring '26. "
    : '';

/** Why the app that the state knows must not be deleted, or undefined. */
export function protection(model: AppModel, prior: Values): TerraformDiagnostic | undefined {
  if (!protects(prior)) return undefined;
  const apiName = text(prior['api_name']) ?? '';
  return {
    severity: 'error',
    summary: `${pathOf(model, apiName)}: protected from deletion`,
    detail: `Deleting ${apiName} deletes its consumer key: every client of it stops, and its tokens are revoked. ${forGood(model)}${PROTECTED}`,
  };
}

/** What a plan says about the removal of an app. */
export async function removal(
  model: AppModel,
  prior: Values,
  session: Session,
): Promise<readonly TerraformDiagnostic[]> {
  const refused = protection(model, prior);
  if (refused) return [refused];
  const apiName = text(prior['api_name']) ?? '';
  const { diagnostics, covered } = await references(model, prior, session);
  return [
    ...diagnostics,
    {
      severity: 'warning',
      summary: `${pathOf(model, apiName)}: will be deleted`,
      detail:
        `The app is deleted with its consumer key: every client of it stops, and its tokens are revoked. ${forGood(model)}` +
        `${covered}.`,
    },
  ];
}

interface References {
  readonly diagnostics: readonly TerraformDiagnostic[];
  /** A sentence without a full stop. */
  readonly covered: string;
}

/**
 * The other metadata that names the app. A custom scope or a token exchange handler is only warned of: the same plan may
 * take the app out of it first.
 */
async function references(model: AppModel, prior: Values, session: Session): Promise<References> {
  if (!session.reachable) return { diagnostics: [], covered: coverage(false, [OTHERS]) };
  const { platform } = model;
  const apiName = text(prior['api_name']) ?? '';
  const app = { platform, apiName, consumerKey: text(prior['consumer_key']) };
  const [expected, reading] = await Promise.all([session.expected(), session.references()]);
  const { observed } = expected;
  const records = recordReferences(observed);
  const path = pathOf(model, apiName);
  const says = (
    found: typeof reading.found,
    severity: TerraformDiagnostic['severity'],
  ): readonly TerraformDiagnostic[] => {
    const by = referringTo(app, found);
    return by.length === 0 ? [] : [toTerraform(referenced(apiName, by, path), severity)];
  };
  const named = [...says(reading.found, 'error'), ...says(records.found, 'warning')];
  const live = liveApp(observed, { platform, api_name: apiName });
  const consents = { ...NO_CONSENTS, ...consentsOf([{ apiName, consents: consentsIn(prior) }]) };
  const own = live ? ownLogin(live, { ...expected, consents }, path).map((each) => toTerraform(each)) : [];
  const refused = live && notToDelete(live, { ...app, path }, session.config);
  return {
    diagnostics: [...(refused ? [toTerraform(refused)] : []), ...own, ...named],
    covered: coverage(named.length === 0, [...reading.unread, ...records.unread]),
  };
}

/** What a plan says about another name, which is another app. */
export async function rename(
  model: AppModel,
  prior: Values,
  config: Values,
  session: Session,
): Promise<readonly TerraformDiagnostic[]> {
  const [from, to] = [text(prior['api_name']) ?? '', text(config['api_name'])];
  const words = `Salesforce cannot rename an app. ${from} would be deleted with its consumer key, and ${to ?? 'an app of another name'} created with a new one, which every client must learn.`;
  const attribute = ['api_name'];
  if (protects(prior)) {
    return [
      {
        severity: 'error',
        summary: `${pathOf(model, from)}: cannot be renamed`,
        detail: `${words} ${PROTECTED}`,
        attribute,
      },
    ];
  }
  const { diagnostics, covered } = await references(model, prior, session);
  const detail = `${words} ${covered}.`;
  return [
    ...diagnostics,
    { severity: 'warning', summary: `${pathOf(model, from)}: a new name is a new app`, detail, attribute },
  ];
}

/**
 * What a plan says where Terraform asks for a new app and has the same one in its state: one that was tainted, or asked
 * to be replaced, is deleted and made anew.
 */
export async function replacement(
  model: AppModel,
  prior: Values,
  session: Session,
): Promise<readonly TerraformDiagnostic[]> {
  const refused = protection(model, prior);
  if (refused) return [refused];
  const apiName = text(prior['api_name']) ?? '';
  const detail = `The app is deleted with its consumer key and made anew with another one, which every client must learn. To keep it: terraform untaint ADDRESS, or no -replace.`;
  const { diagnostics, covered } = await references(model, prior, session);
  return [
    ...diagnostics,
    { severity: 'warning', summary: `${pathOf(model, apiName)}: will be replaced`, detail: `${detail} ${covered}.` },
  ];
}
