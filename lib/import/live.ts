import type { ClientKind } from '../declaration/client-app';
import { CertificateOption } from '../declaration/options/certificate-option';
import { certificateInOrg } from '../metadata/certificate-in-org';
import { fieldOf } from '../metadata/fields';
import { normalize, sameValue } from '../metadata/normalize';
import { presentComponent } from '../metadata/observe';
import type { ObservedApp } from '../metadata/observed';
import { type Expression, literal } from '../options/expression';
import type { FieldValue } from '../options/owned';
import type { Live } from '../options/recall';
import { inExternalWords, placeOf, type Places } from '../options/settings';
import { Certificate } from '../values/certificate';
import { ok } from '../values/result';

interface LiveContext {
  readonly kind: ClientKind;
  readonly apiVersion: number;
  readonly expires: string;
  /** Where files of the app stand, with a slash at its end. */
  readonly folder: string;
}

/** An app of the org in the words in which options ask for it. */
export function liveOf(app: ObservedApp, { kind, apiVersion, expires, folder }: LiveContext): Live {
  const { platform } = app;
  const read = (places: Places, withDefault: boolean): FieldValue | undefined => {
    const place = placeOf(places, platform);
    const component = place && presentComponent(app, place.type);
    if (!component) return undefined;
    const field = fieldOf(place.type, place.field);
    const stored = normalize(field, component.fields[place.field]);
    const fallback = field.default === undefined ? undefined : normalize(field, field.default);
    if (!withDefault && sameValue(field, stored, fallback)) return undefined;
    const value = stored ?? (withDefault ? fallback : undefined);
    return value === undefined ? undefined : inExternalWords(places, platform, value);
  };
  return {
    kind,
    platform,
    apiVersion,
    expires,
    value: (places) => read(places, true),
    own: (places) => read(places, false),
    certificateOnRecord: certificateInOrg(app),
    certificate: (known, use) => {
      const path = `${folder}${app.apiName}${use === '' ? '' : `.${use}`}.crt`;
      return 'base64' in known ? fromOrg(known.base64, path) : toBeFilled(known.fingerprint, path);
    },
  };
}

/** What the org returns and is no certificate is reported by the option, and never written anywhere. */
function fromOrg(base64: string, path: string): Expression {
  const parsed = Certificate.parse(base64);
  if (!parsed.ok) {
    const failure = { code: 'invalid-certificate', problem: parsed.error } as const;
    return fileCall(path, new CertificateOption({ ok: false, error: failure }), { text: '' });
  }
  return fileCall(path, new CertificateOption(ok(parsed.value)), { text: parsed.value.pem });
}

const toBeFilled = (fingerprint: string | undefined, path: string): Expression =>
  fileCall(
    path,
    new CertificateOption(ok(Certificate.unread(fingerprint ?? ''))),
    fingerprint === undefined ? {} : { fingerprint },
  );

function fileCall(
  path: string,
  option: CertificateOption,
  file: { readonly text: string } | { readonly fingerprint?: string },
): Expression {
  return { is: 'call', name: 'Certificate.fromFile', make: () => option, args: [literal(path)], file };
}
