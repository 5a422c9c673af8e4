import { declaredSetting } from '../metadata/declared-setting';
import { liveValue } from '../metadata/live-app';
import type { ManifestApp } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';

/**
 * True for an existing app that issues JWTs where the code does not say which access tokens it wants: a default must not
 * take them away, because hosted MCP servers and other APIs accept nothing else.
 */
export function keepsJwtFormat(app: ManifestApp, live: ObservedApp | undefined): boolean {
  if (liveValue(live, 'jwtAccessTokens') !== true) return false;
  const declared = declaredSetting(app, 'jwtAccessTokens');
  return declared === undefined || (declared.ownership === 'default' && declared.value === false);
}
