import { defaultSuccessor, type MigrationStage } from '../import/migration';
import type { MigrationCheck, MigrationWay } from '../import/migration-checks';
import type { Migration, MigrationOption } from '../operations/read-migration';
import { visible } from '../values/visible';
import { BLANK, type Line, line, marked, printLines, type Tone } from './lines';
import type { RenderOptions } from './style';

const WIDTH = 120;
const VERDICTS: Readonly<Record<MigrationCheck['verdict'], readonly [mark: string, tone: Tone]>> = {
  refuses: ['refuses      ', 'bad'],
  changes: ['changes      ', 'warn'],
  'not-evaluated': ['not evaluated', 'warn'],
  fine: ['fine         ', 'good'],
};
const WAYS: Readonly<Record<MigrationWay, string>> = {
  button: 'Migrate to External Client App in Setup',
  beside: 'a new parallel app',
};
const PRICES: Readonly<Record<MigrationWay, readonly string[]>> = {
  button: [
    'keeps the consumer key: nothing changes for clients and users',
    'the Connected App stays, read-only, and becomes active again with the settings of that day if the new app is deleted',
    'the refresh token IP allowlist is not carried over',
    'there is no API for it: someone has to press the button, app by app, in every org',
  ],
  beside: [
    'a new consumer key, and a new secret if the client has one: every client has to be reconfigured',
    'every user who approved the old app has to approve the new one',
    'both work side by side for as long as it takes, and each client moves on its own day',
  ],
};

/** The plan of a migration: what keeps it, what it costs, the program, and the phases. */
export function migrationText(migration: Migration, options: RenderOptions = {}): string {
  const { app, org, checks, ways, state } = migration;
  const lines = [
    line(0, visible(`Migration of the Connected App ${app} ("${migration.label}") in ${org}`), 'bold'),
    ...stateLines(migration),
    ...(checks.length === 0
      ? []
      : [BLANK, line(0, 'Phase 1: what cannot be migrated, and what changes', 'bold'), ...checks.map(checkLine)]),
    ...(ways.length === 0 || state.stage === 'migrated'
      ? []
      : [
          BLANK,
          line(
            0,
            `Phase 2: ${ways.some(({ possible }) => possible) ? 'one of two options' : 'neither of two options'}`,
            'bold',
          ),
        ]),
    ...(state.stage === 'migrated' ? [] : ways.flatMap(wayLines)),
  ];
  const texts = ways.flatMap((way) => programLines(way, migration));
  return [
    printLines(lines, { width: WIDTH, ...options }),
    ...(state.stage === 'migrated' ? texts.slice(0, 1) : texts),
    checks.length === 0 ? '' : printLines(phases(migration), { width: WIDTH, ...options }),
  ].join('\n');
}

/** How far it came, and whether the last step can be taken. */
export const migrationStatusText = (migration: Migration, options: RenderOptions = {}): string =>
  printLines(
    [
      line(0, visible(`Migration of the Connected App ${migration.app} in ${migration.org}`), 'bold'),
      ...stateLines(migration),
      ...gateLines(migration),
    ],
    { width: WIDTH, ...options },
  );

/** What is known of the migration: the state of it, and why a step is refused. */
export const STAGES: Readonly<Record<MigrationStage, string>> = {
  'not-started':
    'not started: the org has no External Client App of its name, and none of the name in --as (default: its name with _ECA)',
  migrated: 'migrated in Setup: both apps have one consumer key, and the Connected App is read-only',
  beside: 'in progress: the new app exists alongside the old one',
  'same-name':
    'the org has both apps under this name with different consumer keys, or one of the keys was not read: whether it was migrated is not known',
  done: 'done: the Connected App is gone',
  'not-found': 'the org has no Connected App of this name, and whether it ever had one is not known',
  'not-evaluated': 'not evaluated',
};

function stateLines({ state }: Migration): readonly Line[] {
  const { stage, successor, stopped, because } = state;
  const why = because === undefined ? '' : `: ${because}`;
  return [
    line(1, visible(`State: ${STAGES[stage]}${why}`)),
    ...(successor === undefined ? [] : [line(1, visible(`External Client App: ${successor}`))]),
    ...(stopped ? [line(1, 'The old app is stopped.')] : []),
  ];
}

const GATES = {
  open: ['open  ', 'good', 'the last step can be taken'],
  closed: ['closed', 'bad', 'the old app stays'],
  'not-evaluated': ['not evaluated', 'warn', 'not everything was read, so the old app stays'],
} as const;

function gateLines({ gate }: Migration): readonly Line[] {
  if (gate === undefined) return [];
  const [mark, tone, text] = GATES[gate.state];
  return [marked(1, `Gate ${mark}`, tone, text), ...gate.because.map((because) => line(2, visible(because)))];
}

function checkLine({ check, verdict, ways, because }: MigrationCheck): Line {
  const [mark, tone] = VERDICTS[verdict];
  const where = ways.length === 1 && ways[0] ? ` (${WAYS[ways[0]]})` : '';
  return marked(1, mark, tone, visible(`${check}${where}: ${because}`));
}

function wayLines({ way, possible }: MigrationOption): readonly Line[] {
  return [
    line(
      1,
      `${way === 'button' ? 'A' : 'B'}. ${WAYS[way]}${possible ? '' : ': refused, see above'}`,
      possible ? 'bold' : 'bad',
    ),
    ...(possible ? PRICES[way] : []).map((price) => line(2, `- ${price}`)),
  ];
}

function programLines({ way, possible, program }: MigrationOption, { state }: Migration): readonly string[] {
  const title =
    state.stage === 'migrated' ? 'The new app as a program declares it' : `For ${way === 'button' ? 'A' : 'B'}`;
  if (!possible) return [];
  if ('not_declared' in program) return [`${title}: it cannot be declared: ${visible(program.not_declared)}\n`];
  return [`${title}:\n\n${program.source}`];
}

const UNUSED = 'nothing has used it within --window (default: 90d)';

function phases({ app, checks, ways, state }: Migration): readonly Line[] {
  const [migrated, beside] = [state.stage === 'migrated', state.stage === 'beside'];
  const packaged = checks.some(({ check, verdict }) => check === 'packages' && verdict === 'refuses');
  if (packaged || (!migrated && !beside && ways.every(({ possible }) => !possible)))
    return [line(0, 'Phases 3 to 5: none, because neither option is possible', 'bold')];
  const declared = ways.filter(({ possible, program }) => possible && 'api_name' in program).map(({ way }) => way);
  const button = !migrated && ways.some(({ way, possible }) => way === 'button' && possible);
  const anew = !migrated && declared.includes('beside');
  const program = ways.find(({ way }) => way === 'beside')?.program;
  const successor = state.successor ?? (program && 'api_name' in program ? program.api_name : defaultSuccessor(app));
  const as = [app, defaultSuccessor(app)].includes(successor) ? '' : ` --as ${successor}`;
  const steps = [
    ...(button && declared.includes('button')
      ? [
          'A: press the button, then declare the app above, in place of the Connected App if the program declares that; adopt takes it over.',
        ]
      : button
        ? ['A: press the button; no program declares the new app, see above.']
        : []),
    ...(anew ? [`B: declare ${successor} and apply.`] : []),
    ...(declared.length > 0
      ? ['client-apps plan shows what the first apply changes: give the clients time before it.']
      : []),
    `Weeks later: client-apps migrate status ${app}${as} shows whether the old app is still in use, and client-apps usage --app ${app} who uses it.`,
    ...(anew || beside
      ? [`B: client-apps migrate stop ${app}${as} locks it out, once ${UNUSED}; client-apps start undoes that.`]
      : []),
    `client-apps migrate delete ${app}${as} deletes the Connected App, once ${UNUSED}, if its description has the ownership line of this program; any other in Setup > App Manager. It cannot be created again.`,
  ];
  return [line(0, 'Phases 3 to 5', 'bold'), ...steps.map((step) => line(1, visible(`- ${step}`)))];
}
