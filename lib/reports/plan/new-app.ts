import { MACHINE_CALLBACK_URL } from '../../options/callback-urls';
import { transitionText } from '../../plan/change-text';
import type { AppPlan, FieldChange } from '../../plan/plan';
import { plural } from '../../values/plural';
import { visible } from '../../values/visible';

/** There is nothing before: its values are no change of anything, so that none of them widens or narrows. */
export const isNew = ({ action, missing }: Pick<AppPlan, 'action' | 'missing'>): boolean =>
  action === 'create' || missing === true;

/**
 * What the code leaves to the secure default of its kind of client, unless Salesforce's own default is stricter. The
 * callback URL of a machine leads nowhere.
 */
export const isCounted = (change: FieldChange): boolean =>
  change.ownership === 'default' && (change.effect !== 'widens' || transitionText(change) === MACHINE_CALLBACK_URL);

/** What people call an app, and whom to ask: nothing depends on it, so it comes last. */
const TEXTS: readonly string[] = ['contactEmail', 'contactPhone', 'description', 'iconUrl', 'infoUrl', 'logoUrl'];

/** The heading has the label; a certificate has its own fingerprint. */
const isElsewhere = ({ field }: FieldChange, all: readonly FieldChange[]): boolean =>
  field === 'label' || (field === 'certificateFingerprint' && all.some((other) => other.field === 'certificate'));

/**
 * A new app in short: `Callback URL: https://…` for each value that its author stated, then `+ 22 secure defaults`. Of the
 * defaults those are named that let more through than Salesforce's own.
 * @param shared What the reader was told of all new apps.
 */
export function shortTexts({ changes }: AppPlan, shared: readonly string[] = []): readonly string[] {
  const shown = changes.filter((change) => !isCounted(change));
  const texts = [...shown]
    .sort((a, b) => TEXTS.indexOf(a.field) - TEXTS.indexOf(b.field))
    .filter((change) => !isElsewhere(change, changes))
    .map(shortText)
    .filter((text) => !shared.includes(text));
  const counted = changes.length - shown.length;
  // The consumer and the policies each have a switch for some flows, under one name.
  return [...new Set(texts), ...(counted > 0 ? [`+ ${plural(counted, 'secure default')}`] : [])];
}

/** Contact and the like that all of several new apps have, most often because their org states it. */
export function sharedTexts(apps: readonly AppPlan[]): readonly string[] {
  const [first, ...others] = apps.map(({ changes }) =>
    changes.filter((change) => TEXTS.includes(change.field) && !isCounted(change)).map(shortText),
  );
  return others.length === 0 ? [] : (first ?? []).filter((text) => others.every((texts) => texts.includes(text)));
}

const CERTIFICATE = 'certificate ';

function shortText(change: FieldChange): string {
  const value = transitionText(change);
  // Title and value both say that it is one.
  const text =
    change.field === 'certificate' && value.startsWith(CERTIFICATE) ? value.slice(CERTIFICATE.length) : value;
  return `${visible(change.title)}: ${text}${defaultMark(change)}`;
}

export const defaultMark = ({ ownership }: FieldChange): string => (ownership === 'default' ? ' [default]' : '');
