/** How a message about drift is worded, by who receives it. */
export const WEBHOOKS = ['slack', 'teams', 'json'] as const;
export type Webhook = (typeof WEBHOOKS)[number];

/** The file, from the current folder upward to the top of the git work tree. */
export const CONFIG_FILE = 'client-apps.config.json';

/** Names another file than the one that is found. */
export const CONFIG_VARIABLE = 'CLIENT_APPS_CONFIG';

/** The most orgs that are read at a time. */
export const MOST_AT_ONCE = 16;

/** How one setting can be given. Precedence: the option, the variable, the file, the default. */
interface Setting {
  readonly variable: string;
  readonly option: string;
  /** Where a command finds it among its flags. */
  readonly attribute: string;
  /** In words, for doctor and --debug. */
  readonly default: string;
}

/** What can be set once for all commands, by its key in the file. */
export const SETTINGS = {
  orgs: { variable: 'CLIENT_APPS_ORGS', option: '--org', attribute: 'org', default: 'every org of the program' },
  fail_on: { variable: 'CLIENT_APPS_FAIL_ON', option: '--fail-on', attribute: 'failOn', default: 'high' },
  baseline: { variable: 'CLIENT_APPS_BASELINE', option: '--baseline', attribute: 'baseline', default: 'none' },
  receipts: {
    variable: 'CLIENT_APPS_RECEIPTS',
    option: '--receipt',
    attribute: 'receiptFolder',
    default: '.client-apps/receipts',
  },
  parallel_orgs: { variable: 'CLIENT_APPS_PARALLEL_ORGS', option: '--parallel', attribute: 'parallel', default: '4' },
  webhook: { variable: 'CLIENT_APPS_WEBHOOK', option: '--webhook', attribute: 'webhook', default: 'none' },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** A setting as it counts in a run. */
export interface Settled {
  readonly name: SettingName;
  /** As text, for people. */
  readonly value: string;
  /** `--org`, `CLIENT_APPS_ORGS`, `client-apps.config.json:3:3` or `default`. */
  readonly origin: string;
  readonly from: 'option' | 'environment' | 'file' | 'default';
}
