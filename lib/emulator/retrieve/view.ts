import type { XmlNode } from '../../metadata/package/xml';
import { certificateBody } from '../deploy/checks/common';
import { type Fields, type FieldValue, isFields, splitCommas, textOf, textsOf } from '../fields';
import { withDefaults } from '../schema/defaults';
import { fieldKnown, schemaOf } from '../schema/schema';
import { CONNECTED_APP, GLOBAL, type MetadataType, OAUTH, OAUTH_POLICY, PERMISSION_SET } from '../schema/types';
import { foldScopes, inPlatformOrder } from '../scopes';
import { type Component, componentOf, type OrgState } from '../state';
import type { EmulatorSwitches } from '../switches';

/** Who reads, in which API version, from which org. */
export interface Reader {
  readonly org: OrgState;
  readonly version: number;
  readonly switches: EmulatorSwitches;
}

/**
 * A component as the platform gives it out at an API version: defaults filled in, elements that the version does not know
 * left out, alphabetical, booleans as text, secrets held back.
 */
export function view(type: MetadataType, component: Component, reader: Reader): readonly XmlNode[] {
  const fields: Record<string, FieldValue> = { ...withDefaults(type.name, component.fields) };
  if (type.satellite || type.name === 'ExternalClientApplication') fields['label'] ??= component.fullName;
  switch (type.name) {
    case GLOBAL:
      viewGlobal(fields, component, reader);
      break;
    case OAUTH:
      viewOauth(fields, reader);
      break;
    case OAUTH_POLICY:
      tidyList(fields, 'commaSeparatedPermissionSet');
      tidyList(fields, 'commaSeparatedProfile');
      break;
    case CONNECTED_APP:
      viewConnectedApp(fields, component);
      if (reader.switches.permissionSetLabelsOnRetrieve) showLabels(fields, reader.org);
      break;
    case PERMISSION_SET:
      fields['hasActivationRequired'] ??= false;
  }
  return nodes(type.name, fields, reader.version);
}

function viewGlobal(fields: Record<string, FieldValue>, component: Component, { org, switches }: Reader): void {
  const certificate = textOf(fields, 'certificate');
  if (certificate !== undefined) {
    if (switches.certificateReadable) fields['certificate'] = certificateBody(certificate);
    else delete fields['certificate'];
  }
  const callbacks = textOf(fields, 'callbackUrl');
  if (callbacks !== undefined)
    fields['callbackUrl'] = joinLines(callbacks, switches.crlfInCallbackUrls ? '\r\n' : '\n');
  fields['shouldRotateConsumerKey'] = false;
  fields['shouldRotateConsumerSecret'] = false;
  if (component.consumer === undefined) return;
  fields['consumerKey'] = component.consumer.key;
  if (secretsExposed(org)) fields['consumerSecret'] = component.consumer.secret;
}

/** True when the org lets the Metadata API read consumer secrets of external client apps. */
const secretsExposed = (org: OrgState): boolean =>
  componentOf(org, 'ExternalClientAppSettings', 'ExternalClientApp')?.fields['enableConsumerSecretApiAccess'] === true;

function viewOauth(fields: Record<string, FieldValue>, { switches }: Reader): void {
  const scopes = inPlatformOrder(splitCommas(textOf(fields, 'commaSeparatedOauthScopes')));
  if (scopes.length > 0) {
    const shown = switches.foldScopesOfExternalClientApps ? foldScopes(scopes) : scopes;
    fields['commaSeparatedOauthScopes'] = inPlatformOrder(shown).join(', ');
  }
}

function viewConnectedApp(fields: Record<string, FieldValue>, component: Component): void {
  const config = fields['oauthConfig'];
  if (!isFields(config)) {
    delete fields['oauthPolicy'];
    return;
  }
  const shown: Record<string, FieldValue> = { ...config };
  const certificate = textOf(config, 'certificate');
  if (certificate !== undefined) shown['certificate'] = certificateBody(certificate);
  if (component.consumer !== undefined) shown['consumerKey'] = component.consumer.key;
  const scopes = config['scopes'];
  if (Array.isArray(scopes)) shown['scopes'] = [...foldScopes((scopes as readonly FieldValue[]).map(String))];
  fields['oauthConfig'] = shown;
}

/** The one list of permission sets that is given out by what people call them. */
function showLabels(fields: Record<string, FieldValue>, org: OrgState): void {
  const names = textsOf(fields, 'permissionSetName');
  if (names.length === 0) return;
  fields['permissionSetName'] = names.map((name) => {
    const set = componentOf(org, PERMISSION_SET, name);
    return (set && textOf(set.fields, 'label')) ?? name;
  });
}

function tidyList(fields: Record<string, FieldValue>, name: string): void {
  const items = splitCommas(textOf(fields, name));
  if (items.length > 0) fields[name] = [...new Set(items)].sort().join(', ');
}

const joinLines = (text: string, separator: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(separator);

/** The record's elements at an API version, alphabetical, nested records likewise. */
function nodes(typeName: string, fields: Fields, version: number): readonly XmlNode[] {
  const schema = schemaOf(typeName);
  return Object.keys(fields)
    .sort()
    .flatMap((name) => {
      const [field, value] = [schema?.fields.get(name), fields[name]];
      if (field === undefined || value === undefined || !fieldKnown(field, version)) return [];
      const items = Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
      return items.map((item) =>
        isFields(item)
          ? { name, children: nodes(field.type, item, version) }
          : { name, text: String(item as string | number | boolean) },
      );
    });
}
