import type { Diagnostic } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import type { CustomScopeDeclaration, OauthRecordDeclaration, TokenExchangeHandlerDeclaration } from './oauth-records';
import { Reading, type DeclareContext } from './reading';
import { readAccepts, readConnectedApps, readEnablements } from './read/enablements';
import { readOffSwitch } from './read/switch';
import { readApexClass } from './read/apex-class';
import type { Props } from './read/props';
import { readRecordName, requiredText } from './read/record-names';
import { readBoolean, readRecord } from './read/values';
import { byDefault, stated } from './setting';

type Declared<T> = Result<T, readonly Diagnostic[]>;

const SCOPE_OPTIONS = ['apiName', 'label', 'description', 'inDiscoveryDocument', 'connectedApps'] as const;
const HANDLER_OPTIONS = [
  'apiName',
  'label',
  'description',
  'apexClass',
  'enabled',
  'accepts',
  'enabledFor',
  'createsUsers',
  'createsContacts',
] as const;

const HANDLER_CLASS = 'the name of an Apex class of the org that extends Auth.Oauth2TokenExchangeHandler';

/** First Metadata API version in which a handler says whether it may create contacts. */
const CONTACTS_SINCE = 65;

/** What the author of an OauthCustomScope typed, as a value that can only be valid, or every problem at once. */
export function declareCustomScope(props: unknown, context: DeclareContext): Declared<CustomScopeDeclaration> {
  return declare(props, SCOPE_OPTIONS, context, (given, reading) => {
    const connectedApps = readConnectedApps(given['connectedApps'], reading);
    return {
      record: 'custom-scope',
      ...readHeader(given, reading),
      inDiscoveryDocument: readSetting(given['inDiscoveryDocument'], 'inDiscoveryDocument', false, reading),
      ...(connectedApps && { connectedApps }),
    };
  });
}

/** As {@link declareCustomScope}, for a token exchange handler. */
export function declareTokenExchangeHandler(
  props: unknown,
  context: DeclareContext,
): Declared<TokenExchangeHandlerDeclaration> {
  return declare(props, HANDLER_OPTIONS, context, (given, reading) => ({
    record: 'token-exchange-handler',
    ...readHeader(given, reading),
    apexClass: readApexClass(given['apexClass'], 'apexClass', HANDLER_CLASS, reading),
    enabled: readSetting(given['enabled'], 'enabled', true, reading),
    accepts: readAccepts(given['accepts'], reading),
    enabledFor: readEnablements(given['enabledFor'], reading),
    createsUsers: readOffSwitch(given['createsUsers'], 'createsUsers', 'a handler that creates users', reading),
    ...readContacts(given['createsContacts'], reading),
  }));
}

function declare<T extends OauthRecordDeclaration>(
  props: unknown,
  options: readonly string[],
  context: DeclareContext,
  read: (props: Props, reading: Reading) => Omit<T, 'exceptions'>,
): Declared<T> {
  const reading = new Reading(context, 'org');
  const given = readRecord(props, 'props', options, reading);
  if (!given) return fail(reading.diagnostics);
  const record = read(given, reading);
  if (reading.diagnostics.length > 0) return fail(reading.diagnostics);
  return ok({ ...record, exceptions: reading.exceptions } as unknown as T);
}

function readHeader(props: Props, reading: Reading) {
  return {
    path: reading.context.path,
    apiName: readRecordName(props['apiName'], reading),
    label: requiredText(props['label'], 'label', reading, 'the name as people read it'),
    description: requiredText(props['description'], 'description', reading, 'what it is for, on one line'),
  };
}

function readSetting(value: unknown, field: string, otherwise: boolean, reading: Reading) {
  const given = readBoolean(value, field, reading);
  return given === undefined ? byDefault(otherwise) : stated(given);
}

function readContacts(value: unknown, reading: Reading) {
  const { apiVersion } = reading.context;
  if (apiVersion >= CONTACTS_SINCE) {
    const what = 'a handler that creates contacts';
    return { createsContacts: readOffSwitch(value, 'createsContacts', what, reading) };
  }
  if (value !== undefined) {
    const facts = { what: 'the option', since: CONTACTS_SINCE, apiVersion, option: 'the option' };
    reading.found('needs-newer-api-version', { field: 'createsContacts' }, facts);
  }
  return {};
}
