import { SETTINGS } from '../../options/settings';
import { CONNECTED_APP } from '../../values/metadata-types';
import type { Component, FieldValue } from '../component';
import type { Observed } from '../observed';
import { packageXml } from '../package/package-xml';
import { writeXml } from '../package/xml';
import type { Files } from '../package/zip';

/**
 * The permission set that a stopped Connected App lists alone: it holds nothing, and no one is to have it. API name and
 * label are the same, because some orgs list the label of a permission set where they took its API name. It is the mark by
 * which a plan knows a stopped app; nothing beside the org has to remember it.
 */
export const LOCK_OUT_SET = 'Client_Apps_Locked_Out';

const ADMIN_APPROVED = SETTINGS.permittedUsers.ca.field;
const CLIENT_CREDENTIALS = SETTINGS.clientCredentialsPolicy.ca;
const PERMISSION_SETS = SETTINGS.permissionSets.ca;
const PROFILES = SETTINGS.profiles.ca;

/** What a lock-out decides: while it lasts, nothing declared does. */
export const LOCK_OUT_FIELDS: readonly string[] = [ADMIN_APPROVED, CLIENT_CREDENTIALS, PERMISSION_SETS, PROFILES];

const membersOf = (value: FieldValue | undefined): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The fields that lock everyone out, with the values they get. Who may use the app decides about flows with a user; whether
 * it does about the client credentials flow is not published, so that flow is switched off as well.
 */
export const lockOutOf = ({ fields }: Component): Readonly<Record<string, FieldValue>> => ({
  [ADMIN_APPROVED]: true,
  [PERMISSION_SETS]: [LOCK_OUT_SET],
  ...(membersOf(fields[PROFILES]).length > 0 && { [PROFILES]: [] }),
  ...(fields[CLIENT_CREDENTIALS] === true && { [CLIENT_CREDENTIALS]: false }),
});

/** True where no one but holders of our permission set may use the app, and no client credentials open it. */
export function isLockedOut(record: Component | undefined): boolean {
  if (record?.type !== CONNECTED_APP) return false;
  const { fields } = record;
  const sets = membersOf(fields[PERMISSION_SETS]);
  return (
    fields[ADMIN_APPROVED] === true &&
    fields[CLIENT_CREDENTIALS] !== true &&
    sets.length === 1 &&
    sets[0] === LOCK_OUT_SET &&
    membersOf(fields[PROFILES]).length === 0
  );
}

/** True for the change of a list that takes our permission set off it. */
export const endsLockOut = ({ before }: { readonly before: Observed }): boolean =>
  before.state === 'value' && membersOf(before.value).includes(LOCK_OUT_SET);

/** The permission set as a package of its own: an app cannot list one that the org does not have yet. */
export function lockOutSetPackage(apiVersion: number): Files {
  const content = writeXml({
    name: 'PermissionSet',
    children: [
      {
        name: 'description',
        text: 'Assign this to nobody. Connected Apps that client-apps stopped list it alone, so that no user may use them.',
      },
      { name: 'hasActivationRequired', text: 'false' },
      { name: 'label', text: LOCK_OUT_SET },
    ],
  });
  return new Map([
    [`permissionsets/${LOCK_OUT_SET}.permissionset`, content],
    ['package.xml', packageXml(new Map([['PermissionSet', [LOCK_OUT_SET]]]), apiVersion)],
  ]);
}
