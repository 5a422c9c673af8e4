import { z } from 'zod';

import type { ClientKind, Platform } from '../declaration/client-app';
import type { Complain } from '../metadata/json-document';
import { knownAppSchema } from '../metadata/known-app-schema';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { StatedKind } from './client-kind';

const subject = {
  api_name: z.string().min(1).meta({ description: 'API name of the app, as in its metadata' }),
  platform: z
    .enum(['external-client-app', 'connected-app'])
    .optional()
    .meta({ description: 'Default: the app with that name, on either platform' }),
  org: z.string().min(1).optional().meta({ description: 'Name of the org. Default: every audited org' }),
};

const App = z.strictObject({
  ...subject,
  kind: z
    .enum(['private', 'public', 'machine'])
    .meta({ description: 'What kind of client the app is: keeps a secret, cannot keep one, or has no users' }),
});

const Exclusion = z.strictObject({
  ...subject,
  reason: z
    .string()
    .refine((text) => text.trim().length >= 10, 'a reason has 10 characters or more')
    .meta({ description: 'Why the app is not checked; shown in every report. 10 characters or more' }),
});

const DoorHolder = z.strictObject({
  username: z.string().min(1),
  org: subject.org,
  permissions: z
    .array(
      z.enum([
        'Approve Uninstalled Connected Apps',
        'Use Any API Client',
        'Use Any API Auth',
        'Manage Connected Apps',
        'Customize Application',
        'Modify All Data',
        'View All Data',
      ]),
    )
    .optional()
    .meta({ description: 'Default: all of them' }),
  reason: z.string().min(10).meta({ description: 'Why the user needs them. 10 characters or more' }),
});

/** What a team knows of the apps of its orgs: the members of the configuration file that say so. */
export const auditConfigMembers = {
  apps: z
    .array(App)
    .default([])
    .meta({ description: 'Known facts about apps; they override what the evidence suggests' }),
  known: z
    .array(knownAppSchema)
    .default([])
    .meta({ description: 'Apps that are allowed to use the org although no program declares them' }),
  door_holders: z
    .array(DoorHolder)
    .default([])
    .meta({ description: 'Users who are allowed to hold permissions that let apps in, or let apps reach everything' }),
  exclude: z.array(Exclusion).default([]).meta({ description: 'Apps that are not checked' }),
};

export type AuditConfig = { [Member in keyof typeof auditConfigMembers]: z.infer<(typeof auditConfigMembers)[Member]> };

/** One app as an audit saw it. */
export interface SeenApp {
  readonly api_name: string;
  readonly platform: Platform;
  /** Undefined for files. */
  readonly org?: string;
}

type Entry = AuditConfig['apps'][number] | AuditConfig['exclude'][number];

/** Two entries about one app, of which only one could count. */
export function repeatedApps({ apps, exclude }: AuditConfig, complain: Complain): readonly Diagnostic[] {
  const places = [
    ...apps.map((entry, index) => ({ entry, field: `apps[${index}]` })),
    ...exclude.map((entry, index) => ({ entry, field: `exclude[${index}]` })),
  ];
  return places.flatMap(({ entry, field }, index) => {
    const earlier = places.slice(0, index).find((other) => overlap(entry, other.entry));
    if (!earlier) return [];
    return [complain(`the app is named at ${earlier.field} already`, { field, value: shown(entry.api_name) })];
  });
}

/** Whether two entries can be about the same app. */
const overlap = (a: Entry, b: Entry): boolean =>
  a.api_name === b.api_name &&
  (a.platform === undefined || b.platform === undefined || a.platform === b.platform) &&
  (a.org === undefined || b.org === undefined || a.org === b.org);

const isAbout = (entry: Entry, app: SeenApp): boolean =>
  entry.api_name === app.api_name &&
  (entry.platform === undefined || entry.platform === app.platform) &&
  (entry.org === undefined || entry.org === app.org);

/** The kind that the configuration states for the app. */
export function statedKind(config: AuditConfig | undefined, app: SeenApp): StatedKind | undefined {
  const entry = config?.apps.find((each) => isAbout(each, app));
  return entry && { kind: entry.kind, by: 'stated' };
}

/** Why the app is not judged; undefined: it is. */
export const exclusionOf = (config: AuditConfig | undefined, app: SeenApp): string | undefined =>
  config?.exclude.find((each) => isAbout(each, app))?.reason;

/** A kind that contradicts the program that declares the app: one of the two is wrong, so neither is guessed. */
export function kindConflict(
  config: AuditConfig | undefined,
  app: SeenApp,
  declared: ClientKind,
  path: string,
): readonly Diagnostic[] {
  const stated = statedKind(config, app)?.kind;
  if (stated === undefined || stated === declared) return [];
  return [
    diagnose('audit-config-contradicts-program', { path, field: app.api_name, value: stated, allowed: declared }),
  ];
}

/** Entries about apps that no audit has seen: a typing error would otherwise judge the wrong way without a word. */
export function unknownApps(config: AuditConfig, seen: readonly SeenApp[], path: string): readonly Diagnostic[] {
  const names = [...new Set(seen.map(({ api_name }) => api_name))];
  return [...config.apps, ...config.exclude]
    .filter((entry) => !seen.some((app) => isAbout(entry, app)))
    .map((entry) => {
      const guess = nearest(entry.api_name, names);
      const same = seen.some(({ api_name }) => api_name === entry.api_name);
      const field = [entry.org, entry.platform].filter(Boolean).join(' ') || 'api_name';
      const place = { path, field, value: shown(entry.api_name) };
      if (same) return diagnose('audit-config-unknown-app/elsewhere', place);
      return guess === undefined
        ? diagnose('audit-config-unknown-app', place)
        : diagnose('audit-config-unknown-app/nearly', place, { guess });
    });
}
