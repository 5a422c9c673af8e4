import type { OrgSettings } from '../declaration/org-settings';
import type { DeclaredComponent, OwnedValue } from './component';

interface Row {
  readonly setting: keyof OrgSettings;
  readonly type: 'OauthOidcSettings' | 'ExternalClientAppSettings' | 'ConnectedAppSettings';
  readonly field: string;
}

const ROWS: readonly Row[] = [
  { setting: 'allowCodeAndCredentialsFlow', type: 'OauthOidcSettings', field: 'oAuthCdCrdtFlowEnable' },
  { setting: 'requirePkce', type: 'OauthOidcSettings', field: 'isPkceRequired' },
  { setting: 'blockUsernamePasswordFlow', type: 'OauthOidcSettings', field: 'blockOAuthUnPwFlow' },
  { setting: 'blockUserAgentFlow', type: 'OauthOidcSettings', field: 'blockOAuthUsrAgtFlow' },
  { setting: 'allowSecretsViaMetadataApi', type: 'ExternalClientAppSettings', field: 'enableConsumerSecretApiAccess' },
  { setting: 'allowSecretsViaRestApi', type: 'ExternalClientAppSettings', field: 'enableClientSecretInRestApiAccess' },
  {
    setting: 'allowPackagingFromDeveloperOrg',
    type: 'ExternalClientAppSettings',
    field: 'enablePackageEcaOauthFromDevOrg',
  },
  { setting: 'adminApprovedAppsOnly', type: 'ConnectedAppSettings', field: 'enableAdminApprovedAppsOnly' },
  {
    setting: 'adminApprovedAppsOnlyForExternalUsers',
    type: 'ConnectedAppSettings',
    field: 'enableAdminApprovedAppsOnlyForExternalUser',
  },
  {
    setting: 'skipUserProvisioningWelcomePage',
    type: 'ConnectedAppSettings',
    field: 'enableSkipUserProvisioningWizardWelcomePage',
  },
];

/** The member name under which a settings record is retrieved and deployed. */
export const settingsMember = (type: string): string => type.replace(/Settings$/, '');

/** The stated org settings as settings records; records without a stated field are left out. */
export function toSettingsComponents(settings: OrgSettings): readonly DeclaredComponent[] {
  const byType = new Map<string, Record<string, OwnedValue>>();
  for (const { setting, type, field } of ROWS) {
    const value = settings[setting];
    if (value === undefined) continue;
    const fields = byType.get(type) ?? {};
    fields[field] = { value, ownership: 'stated' };
    byType.set(type, fields);
  }
  return [...byType].map(([type, fields]) => ({ type, fullName: settingsMember(type), fields }));
}
