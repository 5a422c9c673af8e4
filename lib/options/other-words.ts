import type { IpRelaxationPolicy } from '../declaration/client-app';
import { type FieldValue, isRecord } from './owned';
import { backwards, renamed, renamedEach } from './records';

// What the two platforms say in different words.

export interface Words {
  /** The value of an External Client App in the words of a Connected App. */
  readonly as: (value: FieldValue) => FieldValue;
  /** Backwards; undefined where an External Client App has no such word. */
  readonly from: (value: FieldValue) => FieldValue | undefined;
}

export const IP_RELAXATION: Readonly<Record<IpRelaxationPolicy, string>> = {
  Enforce: 'ENFORCE',
  Enforce_RelaxRefresh: 'ENFORCE_RELAXREFRESH',
  Bypass_2factor: 'BYPASS_2FACTOR',
  Bypass: 'BYPASS',
};

/** The policy by the word of Connected Apps; undefined where there is none. */
export const ipRelaxationPolicy = (word: string): IpRelaxationPolicy | undefined =>
  (Object.keys(IP_RELAXATION) as IpRelaxationPolicy[]).find((policy) => IP_RELAXATION[policy] === word);

export const ipRelaxation: Words = {
  as: (value) => IP_RELAXATION[value as IpRelaxationPolicy],
  from: (value) => (typeof value === 'string' ? ipRelaxationPolicy(value) : undefined),
};

/** Scopes whose token differs: as an External Client App has it, and as a Connected App has it. */
const OTHER_TOKENS: readonly (readonly [string, string])[] = [['SFApiPlatform', 'SFAP']];
const TO_CONNECTED_APP = new Map(OTHER_TOKENS);
const TO_EXTERNAL = new Map(OTHER_TOKENS.map(([external, connected]) => [connected, external]));

/** The scope in the enumeration of Connected Apps. */
export const connectedAppScope = (token: string): string => TO_CONNECTED_APP.get(token) ?? token;
/** The scope in the tokens of External Client Apps, which declarations use. */
export const externalClientAppScope = (token: string): string => TO_EXTERNAL.get(token) ?? token;

const each = (value: FieldValue, word: (token: string) => string): FieldValue =>
  Array.isArray(value) ? (value as readonly string[]).map(word).sort() : value;

export const scopes: Words = {
  as: (value) => each(value, connectedAppScope),
  from: (value) => each(value, externalClientAppScope),
};

export const permittedUsers: Words = {
  as: (value) => value === 'AdminApprovedPreAuthorized',
  from: (value) => (value === true ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized'),
};

/** A Connected App has no word for an ordinary login but none. */
export const sessionLevel: Words = {
  as: (value) => (value === 'STANDARD' ? [] : value),
  from: (value) => (Array.isArray(value) ? 'STANDARD' : value),
};

const ID_TOKEN = {
  idTokenValidityInMinutes: 'idTokenValidity',
  idTokenIncludeCustomPermissions: 'idTokenIncludeCustomPerms',
};
export const idToken: Words = { as: renamed(ID_TOKEN), from: renamed(backwards(ID_TOKEN)) };

const IP_RANGES = { startIpAddress: 'start', endIpAddress: 'end' };
export const ipRanges: Words = { as: renamedEach(IP_RANGES), from: renamedEach(backwards(IP_RANGES)) };

/** Five fields of an External Client App, and the members of the one record that a Connected App has for them. */
export const ASSET_TOKEN_NAMES = {
  assetTokenAudiences: 'assetAudiences',
  areAttributesIncludedInAssetToken: 'assetIncludeAttributes',
  areCustomPermsIncludedInAssetToken: 'assetIncludeCustomPerms',
  assetTokenSigningCertificate: 'assetSigningCertId',
  assetTokenValidity: 'assetValidityPeriod',
};

/** One of them. */
export const assetTokenCertificate: Words = {
  as: (value) => ({ [ASSET_TOKEN_NAMES.assetTokenSigningCertificate]: value as string }),
  from: (value) => (isRecord(value) ? value[ASSET_TOKEN_NAMES.assetTokenSigningCertificate] : undefined),
};
