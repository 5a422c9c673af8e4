import type { IpRelaxationPolicy } from '../../declaration/client-app';

/** Scopes whose token differs: as an External Client App has it, and as a Connected App has it. */
const OTHER_TOKENS: readonly (readonly [string, string])[] = [['SFApiPlatform', 'SFAP']];
const TO_CONNECTED_APP = new Map(OTHER_TOKENS);
const TO_EXTERNAL = new Map(OTHER_TOKENS.map(([external, connected]) => [connected, external]));

/** The scope in the enumeration of Connected Apps. */
export const connectedAppScope = (token: string): string => TO_CONNECTED_APP.get(token) ?? token;
/** The scope in the tokens of External Client Apps, which declarations use. */
export const externalClientAppScope = (token: string): string => TO_EXTERNAL.get(token) ?? token;

export const IP_RELAXATION: Readonly<Record<IpRelaxationPolicy, string>> = {
  Enforce: 'ENFORCE',
  Enforce_RelaxRefresh: 'ENFORCE_RELAXREFRESH',
  Bypass_2factor: 'BYPASS_2FACTOR',
  Bypass: 'BYPASS',
};

/** The policy by the word of Connected Apps; undefined where there is none. */
export const ipRelaxationPolicy = (word: string): IpRelaxationPolicy | undefined =>
  (Object.keys(IP_RELAXATION) as IpRelaxationPolicy[]).find((policy) => IP_RELAXATION[policy] === word);
