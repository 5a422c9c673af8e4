import type { Platform } from '../../lib/declaration/client-app';
import type { OrgSettings } from '../../lib/declaration/org-settings';
import type { DeclaredComponent } from '../../lib/metadata/component';
import { componentValues } from '../../lib/metadata/component-values';
import { type ManifestException, recordComponent } from '../../lib/metadata/manifest';
import type { RecordDeclaration } from '../../lib/metadata/records/kind';
import { toSettingsComponents } from '../../lib/metadata/settings-components';
import { toComponents } from '../../lib/metadata/to-components';
import { withoutTokenFormat } from '../../lib/metadata/token-format';
import type { ClientApp } from '../../lib/options/client-app';
import { inProgram, OPTION_CONSENTS } from '../../lib/options/consents';
import { excusedControls } from '../../lib/policy/excused-controls';
import { isTerraformToken } from '../../lib/values/text';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * One app as the attributes of its resource. Every managed field is there, defaults included.
 * @param exceptions Those of the manifest: justified options and exemptions.
 */
export function appAttributes(
  app: ClientApp,
  {
    manifestId,
    apiVersion,
    exceptions,
  }: { manifestId: string; apiVersion: number; exceptions: readonly ManifestException[] },
): Attributes {
  const certificate = app.kind === 'machine' ? app.certificate : undefined;
  return {
    api_name: app.apiName,
    client_type: app.kind,
    ...(app.deletionProtection !== undefined && { deletion_protection: app.deletionProtection }),
    ...consentAttributes(app),
    ...(app.creationAllowedBySupport && { creation_allowed_by_support: true }),
    ...(certificate && { certificate: certificate.base64 }),
    ...(exceptions.length > 0 && { exception: exceptions.map((each) => exceptionAttributes(each, app.platform)) }),
    // Which tokens an app issues already is for the provider to see; a default takes none away.
    ...componentAttributes(
      toComponents(app, manifestId, apiVersion).map((component) => ({
        ...component,
        fields: withoutTokenFormat(component.fields, ({ ownership }) => ownership === 'default'),
      })),
    ),
  };
}

/** What the author agrees to, or says that they do not. */
const consentAttributes = (app: ClientApp): Attributes =>
  Object.fromEntries(
    OPTION_CONSENTS.flatMap((consent) => {
      const stated = app[inProgram(consent)];
      return stated === undefined ? [] : [[consent, stated]];
    }),
  );

function exceptionAttributes(exception: ManifestException, platform: Platform): Attributes {
  const { reason, approved_by: approvedBy, expires, ticket } = exception;
  return {
    controls: excusedControls(exception, platform),
    reason: literal(reason),
    approved_by: literal(approvedBy),
    expires,
    ...(ticket !== undefined && { ticket: literal(ticket) }),
  };
}

/** The stated settings as the attributes of `salesforce_oauth_settings`. */
export const settingsAttributes = (settings: OrgSettings): Attributes =>
  componentAttributes(toSettingsComponents(settings));

/** A record beside the apps as the attributes of its resource. */
export const recordAttributes = (record: RecordDeclaration): Attributes => ({
  api_name: record.apiName,
  ...componentAttributes([recordComponent(record)]),
});

const componentAttributes = (components: readonly DeclaredComponent[]): Attributes =>
  literals(componentValues(components)) as Attributes;

function literals(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(literals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, literals(member)]));
}

/** Terraform would read `${` and `%{` in a text as the beginning of an expression; the tokens of cdktf are meant so. */
const literal = (text: string): string =>
  isTerraformToken(text) ? text : text.replace(/[$%]\{/g, (opening) => `${opening.slice(0, 1)}${opening}`);
