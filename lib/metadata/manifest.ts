import type { ClientKind, Exception, Platform } from '../declaration/client-app';
import type { OrgAssumptions, OrgSettings } from '../declaration/org-settings';
import type { ClientApp } from '../options/client-app';
import type { Justification } from '../values/justification';
import type { KnownApp } from '../values/known-app';
import { isTerraformToken } from '../values/text';
import type { DeclaredComponent, FieldValue, Ownership } from './component';
import { digest } from './digest';
import { componentType } from './fields';
import { exists } from './fields/field';
import type { RecordDeclaration } from './records/kind';
import { toSettingsComponents } from './settings-components';
import { toComponents } from './to-components';

/** Major and minor version of the manifest's shape; an unknown major is refused on reading (D28). */
export const MANIFEST_FORMAT_VERSION = '1.2';

/** What synth writes for one org, and the only thing the executor needs. Holds no secret. */
export interface Manifest {
  /** Version of the shape of this document, major and minor: `1.1`. An unknown major is refused on reading. */
  readonly format_version: string;
  /** Names the owner of the apps in the org: `<stack>/<org>`. Stands in each app's ownership line. */
  readonly id: string;
  /** The org that the manifest is for. */
  readonly org: ManifestOrg;
  /** What the author states about the org without declaring it. Absent: nothing is assumed. */
  readonly assumptions: { readonly code_and_credentials_flow?: boolean };
  /** Records of the org-wide OAuth settings that the program declares; empty where it declares none. */
  readonly settings: readonly ManifestComponent[];
  /** Records beside the apps. Absent: none is declared. */
  readonly records?: readonly ManifestRecord[];
  /** Every declared client app, by API name in ascending order. */
  readonly apps: readonly ManifestApp[];
  /** Exceptions of the org-wide settings. */
  readonly exceptions?: readonly ManifestException[];
  /** Apps that may use the org although the program does not declare them. Absent: none. */
  readonly known_apps?: readonly KnownApp[];
  /** SHA-256 over everything else in the manifest, as `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

export interface ManifestOrg {
  /** The construct id of the org: the name on the command line and in `SF_<ORG>_…`. */
  readonly name: string;
  /** Construct path of the org: `identity/prod`. */
  readonly path: string;
  /** The organization id the org must have, 15 or 18 characters. */
  readonly org_id?: string;
  /** Version of the Metadata API that reads and writes: 60 to 68. */
  readonly api_version: number;
  /** Which engine synthesized it: `provider` has Terraform write the apps, `null` only the command line. */
  readonly engine: 'null' | 'provider';
}

/**
 * One metadata component of an app, or one record of the org's settings: what each field shall be, and who decides it.
 */
export interface ManifestComponent {
  /** Metadata type: `ExtlClntAppOauthSettings`. */
  readonly type: string;
  /** Full name of the component that a new app gets; one that exists is found by its app, whatever its name. */
  readonly name: string;
  /** Value and owner of each declared field, by its name in the Metadata API. */
  readonly fields: Readonly<Record<string, { readonly value: FieldValue; readonly ownership: Ownership }>>;
  /** Fields of this API version that the org decides: read before a write, kept, never compared. */
  readonly preserved: readonly string[];
  /** Fields whose value only Terraform knows (engine provider): a token of another resource. Preserved here as well. */
  readonly late?: readonly string[];
}

/** A recorded exception: of an option that needs a justification, or from a control. One of the two is there. */
export interface ManifestException {
  /** The option that weakens the app. Absent where a control is exempt. */
  readonly option?: string;
  /** Id of the control that need not hold. Absent where an option is justified. */
  readonly control?: string;
  /** Why, as the author wrote it: 1 to 500 characters. */
  readonly reason: string;
  /** Who agreed. */
  readonly approved_by: string;
  /** ISO date: the last day on which the exception counts. */
  readonly expires: string;
  /** Where the decision is recorded. */
  readonly ticket?: string;
}

/** A record of the org that stands beside its apps. */
export interface ManifestRecord extends ManifestComponent {
  /** Construct path of the record. */
  readonly path: string;
  /** Where in the author's program the record is declared. */
  readonly source?: { readonly file: string; readonly line: number };
  /** Exceptions that the record records; empty where there are none. */
  readonly exceptions: readonly ManifestException[];
}

/** One client app as synth declares it. */
export interface ManifestApp {
  /** Developer name of the app in the org, up to 80 characters. */
  readonly api_name: string;
  /** Construct path of the app: `identity/prod/Portal`. */
  readonly path: string;
  /** What the client can keep to itself: `private`, `public` or `machine`. */
  readonly kind: ClientKind;
  /** What Salesforce stores the app as. */
  readonly platform: Platform;
  /** What Setup calls the app; the API name where only Terraform knows the label. */
  readonly label: string;
  /** True where the author takes over an app of this name that was made by hand. */
  readonly adopt: boolean;
  /** The author states that Salesforce Support lets the org create Connected Apps. */
  readonly creation_allowed_by_support?: true;
  /** Where in the author's program the app is declared. */
  readonly source?: { readonly file: string; readonly line: number };
  /** The public certificate of a machine: its subject, its last moment of validity (ISO 8601), and its SHA-256. */
  readonly certificate?: { readonly subject: string; readonly not_after: string; readonly fingerprint: string };
  /** Exceptions that the app records; empty where there are none. */
  readonly exceptions: readonly ManifestException[];
  /** The metadata components that the app consists of. */
  readonly components: readonly ManifestComponent[];
  /** SHA-256 over the components of the app. */
  readonly digest: string;
}

/** Someone's decision that a control need not hold, until a date. */
export interface Exemption {
  readonly control: string;
  readonly justification: Justification;
}

const manifestJustification = ({ reason, approvedBy, expires, ticket }: Justification) => ({
  reason,
  approved_by: approvedBy,
  expires,
  ...(ticket !== undefined && { ticket }),
});

const exempted = ({ control, justification }: Exemption): ManifestException => ({
  control,
  ...manifestJustification(justification),
});

const justified = ({ option, justification }: Exception): ManifestException => ({
  option,
  ...manifestJustification(justification),
});

/** Everything synth knows about one org. */
export interface OrgDeclaration {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly orgId?: string;
  readonly apiVersion: number;
  readonly engine: 'null' | 'provider';
  readonly settings: OrgSettings;
  readonly assumptions: OrgAssumptions;
  /** Controls that the org-wide settings are exempt from. */
  readonly exemptions?: readonly Exemption[];
  readonly knownApps?: readonly KnownApp[];
  readonly records?: readonly {
    readonly record: RecordDeclaration;
    readonly source?: { readonly file: string; readonly line: number };
  }[];
  readonly apps: readonly {
    readonly app: ClientApp;
    readonly exemptions?: readonly Exemption[];
    readonly source?: { readonly file: string; readonly line: number };
  }[];
}

/** The manifest of one org: components with field ownership, in a fixed order, with a digest per app and over all. */
export function buildManifest(org: OrgDeclaration): Manifest {
  const apps = org.apps.map((each) => manifestApp(each, org)).sort((a, b) => (a.api_name < b.api_name ? -1 : 1));
  const body = {
    format_version: MANIFEST_FORMAT_VERSION,
    id: org.id,
    org: {
      name: org.name,
      path: org.path,
      ...(org.orgId !== undefined && { org_id: org.orgId }),
      api_version: org.apiVersion,
      engine: org.engine,
    },
    assumptions: {
      ...(org.assumptions.codeAndCredentialsFlow !== undefined && {
        code_and_credentials_flow: org.assumptions.codeAndCredentialsFlow,
      }),
    },
    settings: toSettingsComponents(org.settings).map((component) => manifestComponent(component, org.apiVersion)),
    ...(org.records !== undefined &&
      org.records.length > 0 && { records: manifestRecords(org.records, org.apiVersion) }),
    apps,
    ...(org.exemptions !== undefined && org.exemptions.length > 0 && { exceptions: org.exemptions.map(exempted) }),
    ...(org.knownApps !== undefined &&
      org.knownApps.length > 0 && {
        known_apps: [...org.knownApps].sort((a, b) => (a.app < b.app ? -1 : 1)),
      }),
  };
  return { ...body, digest: manifestDigest(body) };
}

/** Of everything in a manifest but the digest itself. */
export function manifestDigest(body: Omit<Manifest, 'digest'>): string {
  // The digest of each app covers its components, so they are not gone through a second time.
  return digest({ ...body, apps: body.apps.map((app) => ({ ...app, components: undefined })) });
}

function manifestApp(
  { app, source, exemptions = [] }: OrgDeclaration['apps'][number],
  org: OrgDeclaration,
): ManifestApp {
  const components = toComponents(app, org.id, org.apiVersion).map((component) =>
    manifestComponent(component, org.apiVersion),
  );
  const certificate = app.kind === 'machine' ? app.certificate : undefined;
  return {
    api_name: app.apiName,
    path: app.path,
    kind: app.kind,
    platform: app.platform,
    label: isTerraformToken(app.label) ? app.apiName : app.label,
    adopt: app.adopt,
    ...(app.creationAllowedBySupport && { creation_allowed_by_support: true as const }),
    ...(source && { source }),
    ...(certificate && {
      certificate: {
        subject: certificate.subject,
        not_after: certificate.notAfter,
        fingerprint: certificate.fingerprint,
      },
    }),
    exceptions: [...app.exceptions.map(justified), ...exemptions.map(exempted)],
    components,
    // Not over the source location: moving a declaration in its file changes nothing in the org.
    digest: digest(components),
  };
}

/** A record as Salesforce has it. */
export const recordComponent = ({ kind, apiName, fields }: RecordDeclaration): DeclaredComponent => ({
  type: kind.type.name,
  fullName: apiName,
  fields,
});

/** By type and name. */
function manifestRecords(
  records: NonNullable<OrgDeclaration['records']>,
  apiVersion: number,
): readonly ManifestRecord[] {
  return records
    .map(({ record, source }) => ({
      path: record.path,
      ...(source && { source }),
      exceptions: record.exceptions.map(justified),
      ...manifestComponent(recordComponent(record), apiVersion),
    }))
    .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

function manifestComponent(component: DeclaredComponent, apiVersion: number): ManifestComponent {
  const { type, fullName } = component;
  const late = Object.keys(component.fields).filter((name) => mentionsToken(component.fields[name]?.value));
  const fields = Object.fromEntries(Object.entries(component.fields).filter(([name]) => !late.includes(name)));
  const preserved = (componentType(type)?.fields ?? [])
    .filter((field) => field.role === 'author' && exists(field, apiVersion) && !(field.name in fields))
    .map((field) => field.name)
    .sort();
  return { type, name: fullName, fields, preserved, ...(late.length > 0 && { late }) };
}

/** True where the value, or a member of the list, is a token of Terraform. */
const mentionsToken = (value: FieldValue | undefined): boolean =>
  Array.isArray(value) ? value.some(isTerraformToken) : isTerraformToken(value);
