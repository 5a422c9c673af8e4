import { itemsOf } from '../../plan/items';
import type { AppPlan, OrgPlan } from '../../plan/plan';
import { isInSync, standingOf } from '../../plan/standing';
import { visible } from '../../values/visible';
import { type Line, line } from '../lines';
import { count } from './words';

/** What is otherwise than declared and what an apply leaves so, by name. */
function unsettled(org: OrgPlan): readonly string[] {
  const { stopped, removed, forced } = standingOf(org);
  const kept = removed.filter(({ action }) => action === 'orphaned');
  return [
    ...(stopped.length > 0 ? [`${count(stopped.length, 'app')} stopped in the org (${apiNames(stopped)})`] : []),
    ...(kept.length > 0
      ? [`${count(kept.length, 'app')} no longer declared, still in the org (${apiNames(kept)})`]
      : []),
    ...(forced.length > 0 ? [`${count(forced.length, 'field')} forced by Salesforce (${list(forced)})`] : []),
  ];
}

/** What nothing was found out about, by name. */
function uncompared(org: OrgPlan): readonly string[] {
  const { leftAlone, unreadable, certificateUnknown } = standingOf(org);
  return [
    ...(leftAlone.length > 0
      ? [`${count(leftAlone.length, 'app')} left out of this run (${apiNames(leftAlone)})`]
      : []),
    ...(unreadable.length > 0
      ? [`${count(unreadable.length, 'field')} it does not return, judged by the ownership line (${list(unreadable)})`]
      : []),
    ...(certificateUnknown.length > 0
      ? [`whether ${count(certificateUnknown.length, 'app')} may have a certificate (${list(certificateUnknown)})`]
      : []),
  ];
}

/**
 * The lists of apps that a plan does not write and that need no lines of their own, with the title of each. Every front
 * end takes them from here, so that none calls an app in sync that the conclusion below it does not.
 */
export function quietApps(org: OrgPlan): readonly (readonly [title: string, apps: readonly AppPlan[]])[] {
  const { leftAlone, asDeclared, inPart, overruled } = standingOf(org);
  const lists: readonly (readonly [string, readonly AppPlan[]])[] = [
    ['Left alone in this run', leftAlone],
    ['Not as declared, because Salesforce forces a field', overruled],
    ['Equal in what was compared', inPart],
    ['In sync', asDeclared],
  ];
  return lists.filter(([, apps]) => apps.length > 0);
}

/** The names of all apps that a plan does not write and that need no lines of their own, by what became of them. */
export function leftNames(org: OrgPlan): readonly (readonly [title: string, names: readonly string[]])[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ...quietApps(org).map(([title, apps]) => [title, apps.map(({ api_name: name }) => name)] as const),
    ['Unmanaged, left alone', org.unmanaged],
    ['Migrated to an External Client App, read-only', org.migrated ?? []],
  ];
  return lists.filter(([, names]) => names.length > 0);
}

/** `Not compared with the org: 1 app left out of this run (Mobile).`, and what cannot be seen at all; or nothing. */
export const notComparedText = (org: OrgPlan): string =>
  [sentence('Not compared with the org', uncompared(org)), unseenCertificates(org)]
    .filter((text) => text !== '')
    .join(' ');

/** An External Client App whose line says that it has no certificate may have been given one in Setup since (D5). */
function unseenCertificates(org: OrgPlan): string {
  const { asDeclared } = standingOf(org);
  const names = new Set(asDeclared.map(({ api_name: name }) => name));
  const unseen = org.manifest.apps.some(
    ({ api_name: name, platform, certificate }) =>
      names.has(name) && platform !== 'connected-app' && certificate === undefined,
  );
  return unseen ? UNSEEN_CERTIFICATES : '';
}

const UNSEEN_CERTIFICATES =
  'A certificate that was added in Setup to an app that declares none is seen only where Salesforce returns certificates.';

/** `Apply leaves as it is: 1 app stopped in the org (Mobile).`, or nothing. */
export const leftAsItIsText = (org: OrgPlan): string => sentence('Apply leaves as it is', unsettled(org));

/** True where the whole declaration was compared and the org has it. */
export const isFullyAsDeclared = (org: OrgPlan): boolean => isInSync(org) && uncompared(org).length === 0;

/** What a plan that writes nothing says: never more than was compared. */
export function nothingToApplyLines(org: OrgPlan): readonly Line[] {
  const name = visible(org.org);
  const open = unsettled(org);
  const first =
    open.length > 0
      ? line(1, `Nothing to apply, but ${name} does not match the code: ${open.join('; ')}.`, 'warn')
      : line(1, `No changes: ${asDeclaredText(org)}`, 'good');
  return [first, ...noteLines(notComparedText(org))];
}

/** The end of `No changes: …` and `In sync: …`. */
export function asDeclaredText(org: OrgPlan): string {
  const name = visible(org.org);
  if (org.manifest.apps.length + itemsOf(org).length === 0) return `the code declares nothing for ${name}.`;
  const { asDeclared, inPart } = standingOf(org);
  if (asDeclared.length + inPart.length + itemsOf(org).length === 0) return `nothing in ${name} was compared.`;
  return isFullyAsDeclared(org) ? `${name} matches the code.` : `everything compared in ${name} matches the code.`;
}

/** Sentences on lines of their own, without those that say nothing. */
export const noteLines = (...texts: readonly string[]): readonly Line[] =>
  texts.filter((text) => text !== '').map((text) => line(1, text, 'warn'));

const sentence = (title: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${title}: ${parts.join('; ')}.`;
const list = (names: readonly string[]): string => names.map(visible).join(', ');
const apiNames = (apps: readonly AppPlan[]): string => list(apps.map(({ api_name: name }) => name));
