import type { Platform } from '../declaration/client-app';
import type { Owner } from '../options/settings';
import { EXCUSES } from '../options/table';
import type { AppControl, Control, ControlText } from './control';
import { ORG_FIELDS, ownerOf, placesOf } from './fields';

const PLATFORM = { 'external-client-app': 'External Client Apps', 'connected-app': 'Connected Apps' } as const;
const KIND = { private: 'private clients', public: 'public clients', machine: 'machines' } as const;

export const platformWords = ({ appliesTo }: AppControl): string =>
  appliesTo.map((platform) => PLATFORM[platform]).join(' and ');

export const kindWords = ({ kinds }: AppControl): string =>
  kinds.length === 3 ? 'every kind of client' : kinds.map((kind) => KIND[kind]).join(' and ');

/** The metadata fields that the control reads, as `Type.field`, each once. */
export function fieldsOf(control: Control): readonly string[] {
  const names =
    control.level === 'org'
      ? control.reads.map((name) => ORG_FIELDS[name])
      : control.appliesTo.flatMap((platform) => control.reads.flatMap((name) => placesOf(name, platform)));
  return [...new Set(names)];
}

/** Where in Setup to put it right on the platform; without one, on each. */
export function setupOf({ remedy }: Pick<ControlText, 'remedy'>, platform?: Platform): string {
  const { setup } = remedy;
  if (typeof setup === 'string') return setup;
  return platform === undefined ? setupPlaces({ remedy }).join('; ') : setup[platform];
}

/** The same, one place for each platform that has its own. */
export function setupPlaces({ remedy: { setup } }: Pick<ControlText, 'remedy'>): readonly string[] {
  if (typeof setup === 'string') return [setup];
  return Object.entries(PLATFORM).map(([platform, words]) => `${words}: ${setup[platform as Platform]}`);
}

/** Who may excuse a violation, and how. */
export function exemptionWords(control: Control): string {
  if (!control.exemptable) return 'violations cannot be exempted';
  if (control.advisory) return 'none needed: the control is advice and never fails';
  const options = Object.keys(EXCUSES).filter((name) => EXCUSES[name]?.includes(control.id));
  return options.length === 0
    ? 'by a justification with an end'
    : `by a justification with an end, or by the one on the option ${options.join(', ')}`;
}

const PERMISSIONS: Readonly<Record<Platform, Readonly<Record<Owner, string>>>> = {
  'external-client-app': {
    developer: 'Create, edit, and delete External Client Apps',
    admin: 'View all External Client Apps, view their settings, and edit their policies',
  },
  'connected-app': {
    developer: 'Customize Application, and one of Modify All Data and Manage Connected Apps',
    admin:
      'Customize Application, and one of Modify All Data and Manage Connected Apps; for profiles and permission sets ' +
      'Customize Application, Modify All Data, and Manage Profiles and Permission Sets',
  },
};

/** The permissions that someone needs to follow a control, a line for each platform. */
export function permissionsFor(control: Control): readonly string[] {
  if (control.level === 'org') return ['Customize Application'];
  return control.appliesTo.map((platform) => {
    const places = control.reads.filter((name) => placesOf(name, platform).length > 0);
    const owners = [...new Set(places.map((name) => ownerOf(name)))].sort();
    const needed = [...new Set(owners.map((owner) => PERMISSIONS[platform][owner]))];
    return `${PLATFORM[platform]}: ${needed.join('; ')}`;
  });
}
