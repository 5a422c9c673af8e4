import { CERTIFICATES } from '../declaration/certificate-rules';
import { declaredText } from '../metadata/declared-setting';
import type { Manifest, ManifestException } from '../metadata/manifest';
import { Certificate } from '../values/certificate';

export const END_KINDS = ['certificate', 'justification', 'former-credentials'] as const;

/** Something of an org that ends on a day. */
export interface OrgEnd {
  /** ISO date. */
  readonly on: string;
  readonly what: (typeof END_KINDS)[number];
  /** API name of the app, or what else it belongs to. */
  readonly of: string;
  /** Which one: the subject of a certificate, the option or control that is excused, a consumer key. */
  readonly which: string;
}

/** Credentials that were replaced, and stay until a time (ISO). */
export interface FormerCredentials {
  readonly app: string;
  readonly key: string;
  readonly until: string;
}

/**
 * What of a declared org ends and when, nearest first: certificates of apps, justifications, and former credentials of
 * rotations that are on record. Certificates of undeclared apps and those of the org itself are not among them.
 */
export function calendarOf(
  { apps, records = [], exceptions = [], org }: Manifest,
  former: readonly FormerCredentials[],
): readonly OrgEnd[] {
  const ends = [
    ...apps.flatMap((app) => [
      ...CERTIFICATES.flatMap(({ setting }): readonly OrgEnd[] => {
        const parsed = Certificate.parse(declaredText(app, setting) ?? '');
        if (!parsed.ok) return [];
        const { subject, notAfter } = parsed.value;
        return [{ on: notAfter.slice(0, 10), what: 'certificate', of: app.api_name, which: subject }];
      }),
      ...excused(app.exceptions, app.api_name),
    ]),
    ...records.flatMap((record) => excused(record.exceptions, record.path)),
    ...excused(exceptions, org.path),
    ...former.map(({ app, key, until }): OrgEnd => ({
      on: until.slice(0, 10),
      what: 'former-credentials',
      of: app,
      which: key,
    })),
  ];
  return ends.sort((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
}

const keyOf = ({ on, of, what, which }: OrgEnd): string => [on, of, what, which].join('\n');

const excused = (exceptions: readonly ManifestException[], of: string): readonly OrgEnd[] =>
  exceptions.map(({ option, control = '', expires }) => ({
    on: expires,
    what: 'justification',
    of,
    which: option ?? control,
  }));
