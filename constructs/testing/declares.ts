import type { ClientKind, Platform } from '../../lib/declaration/client-app';
import type { Manifest, ManifestApp } from '../../lib/metadata/manifest';
import { declaredPosture, unknownFields } from '../../lib/policy/check-declared';
import { placesOf } from '../../lib/policy/fields';
import type { AppFieldName, AppFields } from '../../lib/policy/posture';
import { valueOf } from '../../lib/policy/reading';
import { shown } from '../../lib/values/diagnostic';
import { nearest } from '../../lib/values/nearest';
import { answer, type MatcherResult, quoted } from './match';
import type { AskedOrg } from './subject';

/** What `toDeclareClientApp` compares; what is left out is not looked at. */
export interface ExpectedClientApp {
  /** `private`, `public` or `machine`. Default: any. */
  readonly kind?: ClientKind;
  /** How Salesforce stores the app. Default: any. */
  readonly platform?: Platform;
  /** What Setup calls the app. Default: any. */
  readonly label?: string;
  /**
   * Settings as the controls see them, in one spelling for both platforms. Of an object the members that are named count;
   * of a list all members, in any order. `undefined`: there is no such setting.
   */
  readonly settings?: { readonly [Name in keyof AppFields]?: Partial<AppFields[Name]> | undefined };
}

/** Whether one of the apps has that name, and is as expected. */
export function declares(orgs: readonly AskedOrg[], name: string, expected: ExpectedClientApp): MatcherResult {
  const call = `toDeclareClientApp(${[quoted(name), ...(Object.keys(expected).length > 0 ? ['{ … }'] : [])].join(', ')})`;
  const all = orgs.flatMap(({ manifest, apps }) => apps.map((app) => ({ manifest, app })));
  const found = all.filter(({ app }) => app.api_name === name);
  if (found.length === 0)
    return answer(
      false,
      call,
      missing(
        name,
        all.map(({ app }) => app.api_name),
      ),
    );
  const wrong = found.flatMap(({ manifest, app }) =>
    differences(manifest, app, expected).map((line) => `${manifest.org.name}: ${line}`),
  );
  if (wrong.length > 0) return answer(false, call, [`${name} is declared, but not as expected:`, ...wrong]);
  return answer(
    true,
    call,
    found.map(({ app }) => `${app.path} is declared: ${app.kind} client, ${app.platform}.`),
  );
}

function missing(name: string, names: readonly string[]): readonly string[] {
  const meant = nearest(name, names);
  return [
    `No client app has the API name ${name}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    `Declared: ${names.join(', ') || 'none'}`,
  ];
}

function differences(manifest: Manifest, app: ManifestApp, expected: ExpectedClientApp): readonly string[] {
  const { settings = {}, ...heads } = expected;
  const ofHead = Object.entries(heads).flatMap(([name, wanted]) => {
    const declared = app[name as keyof typeof heads];
    return wanted === undefined || declared === wanted ? [] : [differs(name, wanted, declared)];
  });
  const { fields } = declaredPosture(app, manifest.org.api_version);
  const late = unknownFields(app);
  const ofSettings = Object.entries(settings).flatMap(([key, wanted]) => {
    const name = key as AppFieldName;
    if (!Object.hasOwn(fields, name)) return [`${key} is not a setting of a client app`];
    if (placesOf(name, app.platform).some((place) => late.has(place))) {
      return [`${key} is a value that only Terraform knows`];
    }
    const declared: unknown = valueOf<unknown>(fields[name]);
    return matches(wanted, declared) ? [] : [differs(key, wanted, declared)];
  });
  return [...ofHead, ...ofSettings];
}

const differs = (name: string, wanted: unknown, declared: unknown): string =>
  `${name} is expected to be ${text(wanted)}, and is ${text(declared)}`;

const text = (value: unknown): string => (value === undefined ? 'not declared' : shown(value));

/** Lists in any order; of an object what is named. */
function matches(wanted: unknown, declared: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(declared) && inOrder(wanted).join('\n') === inOrder(declared).join('\n');
  }
  if (typeof wanted !== 'object' || wanted === null) return wanted === declared;
  if (typeof declared !== 'object' || declared === null) return false;
  return Object.entries(wanted).every(([key, value]) => matches(value, (declared as Record<string, unknown>)[key]));
}

const inOrder = (list: readonly unknown[]): readonly string[] => list.map((each) => JSON.stringify(each)).sort();
