import type { ClientKind } from '../../declaration/client-app';
import { impactSentence } from '../../metadata/fields/words';
import type { AppAction, AppPlan, Impact } from '../../plan/plan';
import { CONNECTED_APP } from '../../values/metadata-types';
import { visible } from '../../values/visible';
import { usageWords } from './usage-words';

export const KIND_WORDS: Readonly<Record<ClientKind, string>> = {
  private: 'private client app',
  public: 'public client app',
  machine: 'machine app',
};

/** What apply does to an app: sign and words. */
export const ACTIONS: Readonly<Record<AppAction, { readonly sign: string; readonly words: string }>> = {
  create: { sign: '+', words: 'will be created' },
  update: { sign: '~', words: 'will be updated' },
  delete: { sign: '-', words: 'will be deleted, along with its consumer key' },
  none: { sign: '=', words: 'in sync' },
  blocked: { sign: '!', words: 'blocked; nothing will be applied to this org' },
  orphaned: { sign: '?', words: 'ours, no longer declared: stays until its deletion is requested by name' },
};

/** What apply does to this very app; a stopped one is never in sync. */
export function actionWords({ action, stopped, missing }: AppPlan): string {
  if (action === 'none' && stopped) return 'stopped in the org';
  const { words } = ACTIONS[action];
  return action === 'blocked' && missing ? `not in the org, ${words}` : words;
}

/** `public client app`, or where the kind is unknown simply `app`. */
export const kindWords = ({ kind, names }: AppPlan): string => {
  if (kind !== undefined) return KIND_WORDS[kind];
  return CONNECTED_APP in names ? 'Connected App' : 'app';
};

/** What a change does to the clients of today, or undefined where they feel nothing. */
export function impactText({ level, who }: Impact): string | undefined {
  return level === 'none' ? undefined : impactSentence({ level, who: visible(who ?? 'clients') });
}

/** A machine that signs with a certificate has the scope whether the code states it or not. */
const isGivenRefreshToken = ({ kind, changes }: AppPlan): boolean =>
  kind === 'machine' &&
  changes.some(({ field }) => /(^|\.)certificate/.test(field)) &&
  changes.some(
    ({ field, after }) =>
      /scopes$/i.test(field) &&
      after.state === 'value' &&
      Array.isArray(after.value) &&
      after.value.some((scope) => scope === 'RefreshToken'),
  );

/** What is special about an app, one sentence each. */
export function appRemarks(app: AppPlan): readonly string[] {
  const remarks: string[] = [];
  if (app.adopts) {
    remarks.push(
      'adopts the app that exists in the org: from now on the code controls the fields below; the rest stays',
    );
  }
  if (app.stopped) remarks.push('stopped in the org: it stays off');
  // No change of a field says that its clients stop.
  if (app.usage && app.action === 'delete') remarks.push(usageWords(app.usage));
  if (isGivenRefreshToken(app)) {
    remarks.push('JWT bearer needs scope RefreshToken but issues none');
  }
  return remarks;
}

/** `1 app`, `2 apps`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
