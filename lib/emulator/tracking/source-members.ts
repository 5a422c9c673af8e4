import { changesOf } from '../changes';
import type { Queryable } from '../query/table';
import { type Draft, nextId, type OrgState, type OrgUser } from '../state';

/** Only sandboxes are tracked; none is where no one switched it on. */
export const isTracked = ({ sandbox }: OrgState, { sourceTracking }: { readonly sourceTracking: boolean }): boolean =>
  sandbox !== undefined && sourceTracking;

/** The org after a change in Setup, with what source tracking keeps of it. */
export function tracked(
  before: OrgState,
  after: OrgState,
  { user, now }: { readonly user: OrgUser; readonly now: string },
): OrgState {
  const changes = changesOf(before, after).filter(({ verb }) => verb !== 'rotate');
  if (changes.length === 0) return after;
  const draft = { ...after } as Draft;
  const members = new Map(after.sourceMembers?.map((one) => [keyOf(one.type, one.name), one]));
  let revision = Math.max(0, ...[...members.values()].map((one) => one.revision));
  for (const { type, fullName, verb, was, is } of changes) {
    const key = keyOf(type.name, fullName);
    members.set(key, {
      id: members.get(key)?.id ?? nextId(draft, '0MZ'),
      type: type.name,
      name: fullName,
      componentId: (is ?? was)?.id ?? '',
      revision: ++revision,
      isNew: verb === 'insert',
      obsolete: verb === 'delete',
      changedBy: user.id.slice(0, 15),
      time: now,
    });
  }
  return { ...draft, sourceMembers: [...members.values()] };
}

const keyOf = (type: string, name: string): string => `${type} ${name}`;

/** What the Salesforce CLI asks of the Tooling API for its previews. */
export const SOURCE_MEMBER: Queryable = {
  rows: ({ sourceMembers = [] }) =>
    sourceMembers.map((one) => ({
      Id: one.id,
      MemberType: one.type,
      MemberName: one.name,
      MemberIdOrName: one.componentId,
      RevisionCounter: one.revision,
      IsNewMember: one.isNew,
      IsNameObsolete: one.obsolete,
      ChangedBy: one.changedBy,
      LastModifiedDate: one.time,
    })),
  fields: [
    ...['Id', 'MemberType', 'MemberName', 'MemberIdOrName', 'RevisionCounter', 'IsNewMember', 'IsNameObsolete'],
    ...['ChangedBy', 'LastModifiedDate'],
  ],
};
