import type { ClientApp, CustomAttribute } from '../../declaration/client-app';
import type { FieldValue } from '../component';
import { put, stated, type Fields } from './owned';

/** Scopes and what else comes with the app into every org. */
export function oauthSettingsFields(app: ClientApp): Fields {
  const fields: Fields = { commaSeparatedOauthScopes: stated(app.scopes) };
  put(fields, 'commaSeparatedCustomScopes', app.customScopes);
  put(fields, 'singleLogoutUrl', app.singleLogoutUrl);
  put(
    fields,
    'trustedIpRanges',
    app.trustedIpRanges?.map((range) => ({
      startIpAddress: range.start,
      endIpAddress: range.end,
      ...(range.description !== undefined && { description: range.description }),
    })),
  );
  put(fields, 'customAttributes', attributes(app.customAttributes));
  const { assetToken, firstPartyApp } = app;
  if (assetToken) {
    put(fields, 'assetTokenAudiences', assetToken.audiences);
    put(fields, 'assetTokenSigningCertificate', assetToken.signingCertificate);
    put(fields, 'assetTokenValidity', assetToken.validitySeconds);
    put(fields, 'areAttributesIncludedInAssetToken', assetToken.includeCustomAttributes);
    put(fields, 'areCustomPermsIncludedInAssetToken', assetToken.includeCustomPermissions);
  }
  if (firstPartyApp) put(fields, 'isFirstPartyAppEnabled', firstPartyApp.enabled);
  if (firstPartyApp?.enabled) {
    put(fields, 'clientAssertionCertificate', firstPartyApp.clientAssertionCertificate.base64);
  }
  return fields;
}

export const attributes = (list: readonly CustomAttribute[] | undefined): FieldValue | undefined =>
  list?.map(({ key, formula }) => ({ key, formula }));
