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

/** How long a refresh token lasts is one value to people. */
const VALIDITY = ['refreshTokenValidityPeriod', 'refreshTokenValidityUnit'];

/** The heading has the label, a certificate its own fingerprint; and whoever runs as a user has the flow for it. */
const isElsewhere = ({ field, after }: FieldChange, all: readonly FieldChange[]): boolean => {
  const has = (name: string): boolean => all.some((other) => other.field === name);
  if (field === 'isClientCredentialsFlowEnabled') {
    return after.state === 'value' && after.value === true && has('clientCredentialsFlowUser');
  }
  if (VALIDITY.includes(field)) return has('refreshTokenPolicyType');
  return field === 'label' || (field === 'certificateFingerprint' && has('certificate'));
};

/** What new apps often have alike. */
const SHARABLE: readonly string[] = [...TEXTS, 'permittedUsersPolicyType'];

/**
 * A new app in short: `Callback URL: https://…` for each value that its author stated. Of the secure defaults, which are
 * counted, those are named that let more through than Salesforce's own.
 * @param isSaid What was already said about several new apps.
 */
export function shortTexts({ changes }: AppPlan, isSaid: (text: string) => boolean): readonly string[] {
  const shown = changes.filter((change) => !isCounted(change));
  const texts = [...shown]
    .sort((a, b) => TEXTS.indexOf(a.field) - TEXTS.indexOf(b.field))
    .filter((change) => !isElsewhere(change, shown))
    .filter((change) => !isSaid(shortText(change)))
    .flatMap((change) => partsOf(change, shown));
  // The consumer and the policies each have a switch for some flows, under one name.
  return [...new Set(texts)];
}

/** `+ 22 secure defaults`, or nothing. */
export function countedText({ changes }: Pick<AppPlan, 'changes'>): string {
  const counted = changes.filter(isCounted).length;
  return counted > 0 ? `+ ${plural(counted, 'secure default')}` : '';
}

/** By field, those that several new apps may have alike, most often because their org states them. */
export const sharableTexts = ({ changes }: AppPlan): ReadonlyMap<string, string> =>
  new Map(
    changes
      .filter((change) => SHARABLE.includes(change.field) && !isCounted(change))
      .map((change) => [change.field, shortText(change)]),
  );

/** The secure defaults that are named. */
export const ownDefaultTexts = ({ changes }: AppPlan): readonly string[] => [
  ...new Set(changes.filter((change) => change.ownership === 'default' && !isCounted(change)).map(shortText)),
];

const shortText = (change: FieldChange): string =>
  `${visible(change.title)}: ${transitionText(change)}${defaultMark(change)}`;

/** A fingerprint is as long as a line: it stands on one of its own, so that it can be read and copied. */
function partsOf(change: FieldChange, all: readonly FieldChange[]): readonly string[] {
  if (change.field === 'refreshTokenPolicyType') {
    const validity = VALIDITY.flatMap((name) => all.filter(({ field }) => field === name)).map(transitionText);
    return [[shortText(change), validity.join(' ')].filter((text) => text !== '').join(', ')];
  }
  const { fingerprint, holder } = CERTIFICATE.exec(transitionText(change))?.groups ?? {};
  const isCertificate = change.field === 'certificate' && fingerprint !== undefined && holder !== undefined;
  return isCertificate ? [fingerprint, holder] : [shortText(change)];
}

/** What such a value says of itself goes without a title. */
const CERTIFICATE = /^certificate (?<fingerprint>sha256:\S+), (?<holder>.*)$/;

export const defaultMark = ({ ownership }: FieldChange): string => (ownership === 'default' ? ' [default]' : '');
