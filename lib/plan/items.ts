import type { FieldChange, OrgPlan, PhasePlan, RecordPlan, SettingsPlan } from './plan';

/** What is compared beside the apps: one record of the org's settings, or one of those of which there are several. */
export interface PlanItem extends RecordPlan {
  readonly kind: 'settings' | 'record';
  /** Apps that the change opens although they are not part of it. */
  readonly opens_apps: readonly string[];
}

/** Everything of the org that the plan compares beside the apps; settings first. */
export const itemsOf = ({ path, settings, records }: OrgPlan): readonly PlanItem[] => [
  ...settings.map((item) => ({ ...item, kind: 'settings' as const, full_name: item.type, path })),
  ...records.map((item) => ({ ...item, kind: 'record' as const, opens_apps: [] })),
];

/** The items as a plan writes them down, which tells settings by their type alone. */
export const writtenItems = (
  items: readonly PlanItem[],
): { readonly settings: readonly SettingsPlan[]; readonly records: readonly RecordPlan[] } => ({
  settings: items.filter(isSettings).map(({ kind: _kind, full_name: _name, path: _path, ...item }) => item),
  records: items.filter((item) => !isSettings(item)).map(({ kind: _kind, opens_apps: _opens, ...item }) => item),
});

/** Never created: every org has its settings. */
type SettingsItem = PlanItem & { readonly action: SettingsPlan['action'] };

const isSettings = (item: PlanItem): item is SettingsItem => item.kind === 'settings';

/** The same item in another plan. */
export const sameItem = (plan: OrgPlan, item: PlanItem): PlanItem | undefined =>
  itemsOf(plan).find((each) => itemKey(each) === itemKey(item));

/** Tells items apart; names differ in case without differing. */
const itemKey = ({ type, full_name: name }: Pick<PlanItem, 'type' | 'full_name'>): string =>
  `${type}:${name.toLowerCase()}`;

/** Whether this deploy makes the change: settings are written field by field, records as a whole. */
export const makesChange = ({ settings, records }: PhasePlan, item: PlanItem, { field }: FieldChange): boolean =>
  item.kind === 'record'
    ? records.includes(`${item.type}:${item.full_name}`)
    : settings.includes(`${item.type}.${field}`);
