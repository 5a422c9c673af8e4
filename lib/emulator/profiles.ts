import { type Fields, recordsOf } from './fields';
import { recordId } from './ids';
import { PROFILE } from './schema/types';
import { type Component, componentOf, componentsOf, type OrgState } from './state';

/** Some standard profiles are called otherwise in metadata than in Setup and in queries. */
const METADATA_NAMES: Readonly<Record<string, string>> = {
  'System Administrator': 'Admin',
  'Standard User': 'Standard',
};

const metadataName = (profile: string): string => METADATA_NAMES[profile] ?? profile;

/** Every profile has a record, stated or not. */
export function profileRecords(org: OrgState): readonly Component[] {
  const stated = componentsOf(org, PROFILE);
  const time = '2020-01-01T00:00:00.000Z';
  const untouched = org.profiles
    .map(metadataName)
    .filter((fullName) => stated.every((component) => component.fullName !== fullName))
    .map((fullName, index) => ({
      id: recordId('00e', index + 1),
      fullName,
      fields: {},
      createdDate: time,
      lastModifiedDate: time,
    }));
  return [...stated, ...untouched];
}

/** What the profile, by its name in Setup, says in a list of records such as `objectPermissions`. */
export const profileLists = (org: OrgState, profile: string, field: string): readonly Fields[] =>
  recordsOf(componentOf(org, PROFILE, metadataName(profile))?.fields ?? {}, field);

/** True where a permission set or the file of a profile grants the user permission. */
export const grants = (fields: Fields, permission: string): boolean =>
  recordsOf(fields, 'userPermissions').some(({ name, enabled }) => name === permission && enabled === true);

/** True where the profile, by its name in Setup, states that it grants the user permission. */
export const profileStates = (org: OrgState, profile: string, permission: string): boolean =>
  grants(componentOf(org, PROFILE, metadataName(profile))?.fields ?? {}, permission);

/** True where the profile, by its name in Setup, grants the user permission; administrators have them all. */
export const profileGrants = (org: OrgState, profile: string, permission: string): boolean =>
  profile === 'System Administrator' || profileStates(org, profile, permission);
