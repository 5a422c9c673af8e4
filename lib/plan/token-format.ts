import type { ManifestApp } from '../metadata/manifest';
import type { ObservedApp } from '../metadata/observed';
import { presentComponent } from '../metadata/observe';

/**
 * True for an existing app that issues JWTs where the code does not say which access tokens it wants: a default must not
 * take them away, because hosted MCP servers and other APIs accept nothing else.
 */
export function keepsJwtFormat(app: ManifestApp, live: ObservedApp | undefined): boolean {
  const [consumer, connected] = [
    presentComponent(live, 'ExtlClntAppGlobalOauthSettings')?.fields['isNamedUserJwtEnabled'],
    presentComponent(live, 'ConnectedApp')?.fields['oauthConfig.isNamedUserJwtEnabled'],
  ];
  if (consumer !== true && connected !== true) return false;
  return app.components
    .flatMap(({ fields }) => [fields['isNamedUserJwtEnabled'], fields['oauthConfig.isNamedUserJwtEnabled']])
    .every((declared) => declared === undefined || (declared.ownership === 'default' && declared.value === false));
}
