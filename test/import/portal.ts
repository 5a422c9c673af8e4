import type { FieldValue } from '../../lib/metadata/component';
import type { ObservedApp } from '../../lib/metadata/observed';

/** A secure app, but for what is given. */
export function portal(
  more: Partial<Record<'header' | 'consumer' | 'settings' | 'policies', Record<string, FieldValue>>> = {},
  name = 'Portal',
): ObservedApp {
  const present = (type: string, fields: Record<string, FieldValue>) =>
    [type, { state: 'present', component: { type, fullName: name, fields } }] as const;
  return {
    platform: 'external-client-app',
    apiName: name,
    condition: 'present',
    components: Object.fromEntries([
      present('ExternalClientApplication', {
        label: 'Portal',
        contactEmail: 'web@acme.example',
        distributionState: 'Local',
        managedBy: 'client-apps-prod/prod',
        certificateFingerprint: 'none',
        ...more.header,
      }),
      present('ExtlClntAppGlobalOauthSettings', {
        externalClientApplication: name,
        consumerKey: '3MVG9.canary',
        callbackUrl: ['https://portal.acme.example/callback'],
        isPkceRequired: true,
        isRefreshTokenRotationEnabled: true,
        isConsumerSecretOptional: false,
        isSecretRequiredForRefreshToken: true,
        ...more.consumer,
      }),
      present('ExtlClntAppOauthSettings', {
        externalClientApplication: name,
        commaSeparatedOauthScopes: ['Api', 'RefreshToken'],
        ...more.settings,
      }),
      present('ExtlClntAppOauthConfigurablePolicies', {
        externalClientApplication: name,
        permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
        commaSeparatedPermissionSet: ['Portal_Users'],
        ipRelaxationPolicyType: 'Enforce',
        refreshTokenPolicyType: 'SpecificInactivity',
        refreshTokenValidityPeriod: 30,
        refreshTokenValidityUnit: 'Days',
        sessionTimeoutInMinutes: 60,
        ...more.policies,
      }),
      present('ExtlClntAppConfigurablePolicies', {
        externalClientApplication: name,
        isEnabled: true,
        isOauthPluginEnabled: true,
      }),
    ]),
    otherComponents: [],
  };
}

export const withoutOwner = (app: ObservedApp): ObservedApp => {
  const header = app.components['ExternalClientApplication'];
  if (header?.state !== 'present') return app;
  const { managedBy: _, ...fields } = header.component.fields;
  const component = { ...header.component, fields };
  return { ...app, components: { ...app.components, ExternalClientApplication: { state: 'present', component } } };
};
