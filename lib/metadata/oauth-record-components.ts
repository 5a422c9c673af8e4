import type {
  CustomScopeDeclaration,
  Enablement,
  OauthRecordDeclaration,
  TokenExchangeHandlerDeclaration,
  TokenTypeName,
} from '../declaration/oauth-records';
import type { Setting } from '../declaration/client-app';
import type { DeclaredComponent, FieldRecord, FieldValue, OwnedValue } from './component';
import { CUSTOM_SCOPE, TOKEN_EXCHANGE_HANDLER } from '../values/metadata-types';

const stated = (value: FieldValue): OwnedValue => ({ value, ownership: 'stated' });
const owned = ({ value, origin }: Setting<boolean>): OwnedValue => ({ value, ownership: origin });

const ACCEPTS: Readonly<Record<TokenTypeName, string>> = {
  AccessToken: 'isAccessTokenSupported',
  IdToken: 'isIdTokenSupported',
  Jwt: 'isJwtSupported',
  RefreshToken: 'isRefreshTokenSupported',
  Saml2: 'isSaml2Supported',
};

/** The field of an enablement row that names an app. */
export const ENABLEMENT_FIELD: Readonly<Record<Enablement['platform'], string>> = {
  'external-client-app': 'externalClientApp',
  'connected-app': 'connectedApp',
};

/** A declared custom scope or token exchange handler as Salesforce has it; complete enough to be created. */
export function toOauthRecord(record: OauthRecordDeclaration): DeclaredComponent {
  const fields = {
    developerName: stated(record.apiName),
    masterLabel: stated(record.label),
    description: stated(record.description),
  };
  return record.record === 'custom-scope'
    ? { type: CUSTOM_SCOPE, fullName: record.apiName, fields: { ...fields, ...scopeFields(record) } }
    : { type: TOKEN_EXCHANGE_HANDLER, fullName: record.apiName, fields: { ...fields, ...handlerFields(record) } };
}

function scopeFields({ inDiscoveryDocument, connectedApps }: CustomScopeDeclaration): Record<string, OwnedValue> {
  return {
    isPublic: owned(inDiscoveryDocument),
    ...(connectedApps && { assignedTo: stated(connectedApps.map((connectedApp) => ({ connectedApp }))) }),
  };
}

function handlerFields(handler: TokenExchangeHandlerDeclaration): Record<string, OwnedValue> {
  const { accepts, createsContacts } = handler;
  return {
    tokenHandlerApex: stated(handler.apexClass),
    isEnabled: owned(handler.enabled),
    ...Object.fromEntries(
      Object.entries(ACCEPTS).map(([type, field]) => [field, stated(accepts.includes(type as TokenTypeName))]),
    ),
    isUserCreationAllowed: owned(handler.createsUsers),
    ...(createsContacts && { isContactCreationAllowed: owned(createsContacts) }),
    enablements: stated(handler.enabledFor.map(enablementRow)),
  };
}

const enablementRow = ({ platform, app, runAs, isDefault }: Enablement): FieldRecord => ({
  apexExecutionUser: runAs,
  [ENABLEMENT_FIELD[platform]]: app,
  isDefault,
});
