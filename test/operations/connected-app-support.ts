import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  AccessTokens,
  Engine,
  PermittedUsers,
  Platform,
  PrivateClientApp,
  type PrivateClientAppProps,
  Scope,
} from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import { SETUP } from '../constructs/arbitraries';
import { type Bench, bench, declared } from './support';

const made: string[] = [];

export function removeSeeds(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Parts of a Connected App that this library does not model, with whatever may stand in them. */
export const OTHER_PARTS = `
    <canvasConfig>
        <accessMethod>Post</accessMethod>
        <canvasUrl>https://canvas.acme.example/?a=1&amp;b=2</canvasUrl>
        <locations>Chatter</locations>
        <locations>AppLauncher</locations>
        <options>HideHeader</options>
    </canvasConfig>
    <mobileAppConfig>
        <applicationBinaryFile>QUJDRA==</applicationBinaryFile>
        <applicationBundleIdentifier>com.acme.legacy</applicationBundleIdentifier>
        <devicePlatform>ios</devicePlatform>
        <version>1.0</version>
    </mobileAppConfig>
    <samlConfig>
        <acsUrl>https://sp.acme.example/acs</acsUrl>
        <encryptionType>AES_256</encryptionType>
        <entityUrl>https://sp.acme.example</entityUrl>
        <issuer>https://acme.my.salesforce.com</issuer>
        <samlNameIdFormat>EmailAddress</samlNameIdFormat>
        <samlSigningAlgoType>SHA256</samlSigningAlgoType>
        <samlSubjectType>Username</samlSubjectType>
    </samlConfig>`;

/** A Connected App as someone made it in Setup long ago: nothing demanded, everything allowed. */
export const LEGACY = `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <attributes><formula>$User.Id</formula><key>uid</key></attributes>
    ${OTHER_PARTS}
    <contactEmail>nobody@acme.example</contactEmail>
    <contactPhone>+41 44 000 00 00</contactPhone>
    <description>Made by hand</description>
    <label>Legacy</label>
    <mobileStartUrl>https://m.acme.example</mobileStartUrl>
    <oauthConfig>
        <callbackUrl>https://portal.acme.example/oauth/callback
https://old.acme.example/cb</callbackUrl>
        <consumerKey>LEGACYKEY123456</consumerKey>
        <idTokenConfig><idTokenAudience>https://aud.acme.example</idTokenAudience><idTokenValidity>60</idTokenValidity></idTokenConfig>
        <isAdminApproved>false</isAdminApproved>
        <isConsumerSecretOptional>true</isConsumerSecretOptional>
        <isIntrospectAllTokens>true</isIntrospectAllTokens>
        <isSecretRequiredForRefreshToken>false</isSecretRequiredForRefreshToken>
        <scopes>Api</scopes>
        <scopes>Full</scopes>
        <scopes>SFAP</scopes>
        <scopes>OfflineAccess</scopes>
        <singleLogoutUrl>https://portal.acme.example/logout</singleLogoutUrl>
    </oauthConfig>
    <oauthPolicy><ipRelaxation>BYPASS</ipRelaxation><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy>
    <startUrl>https://portal.acme.example</startUrl>
</ConnectedApp>
`;

/** An org with these Connected Apps in it, by name, and people and permission sets to name. */
export async function benchWith(
  connectedApps: Readonly<Record<string, string>>,
  { switches }: Pick<EmulatorOptions, 'switches'> = {},
  permissionSets: readonly (string | { readonly name: string; readonly label: string })[] = ['Portal_Access'],
): Promise<Bench> {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  made.push(seedDir);
  mkdirSync(join(seedDir, 'connectedApps'));
  for (const [name, xml] of Object.entries(connectedApps)) {
    writeFileSync(join(seedDir, 'connectedApps', `${name}.connectedApp`), xml);
  }
  const org = {
    users: [
      {
        username: 'feed@acme.example',
        active: true,
        apiEnabled: true,
        profile: 'Minimum Access - API Only Integrations',
      },
    ],
    permissionSets: permissionSets.map((set) => ({ ...(typeof set === 'string' ? { name: set } : set), holders: 3 })),
    profiles: ['Standard User'],
    ...SETUP,
  };
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(org));
  return bench({ ...(switches && { switches }), seedDir });
}

/** The legacy app, declared as the portal it is. */
export const legacyProps = {
  label: 'Legacy',
  platform: Platform.CONNECTED_APP,
  adopt: true,
  callbackUrls: ['https://portal.acme.example/oauth/callback'],
  scopes: [Scope.API, Scope.REFRESH_TOKEN, Scope.SALESFORCE_API_PLATFORM],
  // The Salesforce API Platform takes no other.
  accessTokens: AccessTokens.jwt(),
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
} as const satisfies PrivateClientAppProps;

export const hardened = (props: Partial<PrivateClientAppProps> = {}, name = 'Legacy', apiVersion?: number): Manifest =>
  declared((org) => new PrivateClientApp(org, name, { ...legacyProps, ...props } as PrivateClientAppProps), {
    engine: Engine.NULL,
    ...(apiVersion !== undefined && { apiVersion }),
  });

export const legacyFile = (salesforce: Bench, name = 'Legacy'): Promise<string> =>
  salesforce.file('ConnectedApp', name, `connectedApps/${name}.connectedApp`);
