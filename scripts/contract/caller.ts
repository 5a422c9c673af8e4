import type { ContractOrg } from './org';
import { open } from './probe';

export const USERINFO = '/services/oauth2/userinfo';

/** Whose session the probes have. */
export interface Caller {
  readonly username: string;
  readonly profile: string;
}

export const UNKNOWN_CALLER = open('the org does not say who calls');

export async function callerOf(org: ContractOrg): Promise<Caller | undefined> {
  const { user_id: id = '' } = (await org.json(USERINFO)) as { readonly user_id?: string };
  const [user] = (await org.rows(`SELECT Username, Profile.Name FROM User WHERE Id = '${id}'`)) ?? [];
  const { Username: username, Profile: profile } = (user ?? {}) as {
    readonly Username?: string;
    readonly Profile?: { readonly Name?: string };
  };
  return username === undefined || profile?.Name === undefined ? undefined : { username, profile: profile.Name };
}
