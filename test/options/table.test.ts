import { readdirSync, readFileSync } from 'node:fs';

import { canonicalJson } from '../../lib/metadata/digest';
import { fieldOf } from '../../lib/metadata/fields';
import { toComponents } from '../../lib/metadata/to-components';
import { inProgram, OPTION_CONSENTS } from '../../lib/options/consents';
import type { Default } from '../../lib/options/option';
import { EXCUSES, LATE, ROWS, secureDefaultsOfOptions } from '../../lib/options/table';
import { controlById } from '../../lib/policy/controls';
import { explain } from '../../lib/reports/explain';
import { secureDefaults, type Switches } from '../../lib/terraform/app/secure-defaults';
import { declareTyped } from '../../lib/terraform/typed/declare';
import { TYPED_MODELS, type TypedModel } from '../../lib/terraform/typed/typed-model';
import { defaultsTable } from '../../scripts/defaults-table';
import { readOptions } from '../../scripts/read-options';
import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from '../declaration/declare';
import { context, machineProps, privateProps, publicProps, valid } from '../declaration/support';

const DEMO = 'examples/quickstart/certs/billing-sync.crt';
const PROPS = ['common', 'interactive', 'platform', 'by-kind'];
const offered = ROWS.filter(({ kinds }) => kinds.length > 0);

/** The options that people can write, by the interfaces of the constructs. */
const written = new Set(
  PROPS.flatMap((file) => readOptions(`constructs/props/${file}.ts`)).flatMap(({ options }) =>
    options.map(({ name }) => name),
  ),
);

describe('an option', () => {
  it('of the table is a prop of a construct, and a prop is an option of the table', () => {
    expect([...written].sort()).toEqual(offered.map(({ name }) => name).sort());
  });

  it('that a file has is in the table, once', () => {
    const files = readdirSync('lib/options').map((file) => `../../lib/options/${file.replace(/\.ts$/, '')}`);
    const exported = files.flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(file))).flat();
    const isRow = (value: unknown) =>
      typeof value === 'object' && value !== null && 'kinds' in value && 'read' in value;
    expect(new Set(ROWS)).toEqual(new Set(exported.filter(isRow)));
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  });

  it('that a kind lacks tells why, or no kind lacks it', () => {
    for (const { name, kinds, why = {} } of offered) {
      expect([name, ...kinds, ...Object.keys(why)].sort()).toEqual([name, 'machine', 'private', 'public'].sort());
    }
  });

  it('is written on each platform that has it, or refused there', () => {
    // They say what the app is called and what Terraform and the command line may do; the org keeps none of it.
    const unwritten = ['apiName', 'platform', 'creationAllowedBySupport', 'adopt', 'deletionProtection'];
    const consents: readonly string[] = OPTION_CONSENTS.map(inProgram);
    for (const { name, fields = [], onlyConnectedApps, notOnConnectedApps = [] } of ROWS) {
      if ([...unwritten, ...consents].includes(name)) continue;
      const lacking = notOnConnectedApps.some(({ member, used }) => member === undefined && used === undefined);
      expect([name, fields.some(({ eca }) => eca)]).toEqual([name, onlyConnectedApps === undefined]);
      expect([name, fields.some(({ ca }) => ca !== undefined)]).toEqual([name, !lacking]);
    }
  });

  it('is written to fields of the table', () => {
    const places = ROWS.flatMap(({ fields = [] }) => fields).flatMap(({ eca, ca }) => [
      ...(eca ? [eca] : []),
      ...(ca === undefined ? [] : [{ type: 'ConnectedApp', field: typeof ca === 'string' ? ca : ca.field }]),
    ]);
    for (const { type, field } of places) expect(['author', 'carried']).toContain(fieldOf(type, field).role);
  });

  it.each(ROWS.map((row) => [row.name, row] as const))('%s is recalled by an import, or says why not', (_, row) => {
    expect(Number('recall' in row) + Number('notRecalled' in row)).toBe(1);
  });

  it.each(offered.map((row) => [row.name, row] as const))('%s is written in HCL, or says why not', (_, row) => {
    expect(Number('shape' in row) + Number('notInHcl' in row)).toBe(1);
  });

  it('excuses controls that there are', () => {
    for (const id of Object.values(EXCUSES).flatMap((ids) => ids ?? [])) expect(controlById(id)?.exemptable).toBe(true);
  });

  it.each([...offered.map(({ name }) => name), ...Object.keys(EXCUSES)])('%s is explained', (name) => {
    const text = explain(name);
    expect(text.ok && text.value.startsWith(`${name}: an option of `)).toBe(true);
  });

  it('that takes a value of Terraform is named where another one does not', () => {
    const props = { ...privateProps, apiName: '${TfToken[TOKEN.0]}' };
    const [problem] = problemsOf(declarePrivateClientApp(props, { ...context, engine: 'provider' }));
    expect(problem?.allowed).toContain([...LATE].join(', '));
  });
});

const problemsOf = (result: ReturnType<typeof declarePrivateClientApp>) => (result.ok ? [] : result.error);

const NOTHING_STATED: Switches = {
  jwtAccessTokens: false,
  jwtLastsAsSession: false,
  codeAndCredentials: true,
  guest: false,
  guestLastsAsSession: false,
  tokenExchange: false,
  clientCredentials: false,
  startsAtUrl: false,
  refreshTokenPolicy: null,
};

/** The metadata that a typed resource of HCL stands for, with and without the flow that has defaults of its own. */
function typedHcl(model: TypedModel): unknown {
  const machine = model.kind === 'machine';
  const stated = {
    api_name: 'App',
    label: 'App',
    contact_email: 'iam@acme.example',
    scopes: ['Api'],
    permitted_users: { policy: 'pre_authorized', permission_sets: ['App_Access'] },
    ...(machine ? { certificate: readFileSync(DEMO, 'utf8') } : { callback_urls: ['https://a.example/cb'] }),
  };
  return [stated, ...(machine ? [] : [{ ...stated, code_and_credentials: {} }])].map((config) => {
    const { config: wire, diagnostics } = declareTyped(model, config, { apiVersion: 66, today: '2026-07-01' });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return wire;
  });
}

/** What each front end makes of an app that states nothing but what it has to, on each platform. */
function frontEnds() {
  const apps = [
    valid(declarePrivateClientApp({ ...privateProps, codeAndCredentials: {} }, context)),
    valid(declarePrivateClientApp(privateProps, context)),
    valid(declarePublicClientApp({ ...publicProps, codeAndCredentials: {} }, context)),
    valid(declarePublicClientApp(publicProps, context)),
    valid(declareMachineApp(machineProps, context)),
  ];
  const platforms = ['external-client-app', 'connected-app'] as const;
  const hcl = (['private', 'public', 'machine'] as const).flatMap((kind) =>
    platforms.flatMap((platform) =>
      [true, false].map((flow) =>
        [...secureDefaults(platform, kind, { ...NOTHING_STATED, codeAndCredentials: flow }, 66)].map(
          ([type, fields]) => [type, [...fields]],
        ),
      ),
    ),
  );
  return {
    constructs: canonicalJson(apps.map((app) => toComponents(app, 'id', 66))),
    terraform: canonicalJson(hcl),
    typed: canonicalJson(TYPED_MODELS.map(typedHcl)),
    readme: defaultsTable(secureDefaultsOfOptions()),
  };
}

const OTHERS: Readonly<Record<string, unknown>> = {
  accessToken: { format: 'opaque', sessionTimeoutMinutes: 61 },
  refreshToken: { type: 'Infinite' },
  ipRelaxation: 'Bypass',
  tokenExchange: { enabled: true, requireSecret: true },
  codeAndCredentials: { enabled: true, postBodyOnly: true },
};

/** The rows themselves, as no one else may write them. */
type Writable = { value: Record<string, unknown> };
const defaults = ROWS.flatMap(({ default: own, parts = [] }) => [own, ...parts.map((part) => part.default)]).filter(
  (each): each is Default<unknown> => each !== undefined,
);

// A machine has no flow whose credentials could be sent otherwise.
const cases = defaults
  .flatMap((row) => (['private', 'public', 'machine'] as const).map((kind) => [row.what, kind, row] as const))
  .filter(([what, kind]) => what !== 'codeAndCredentialsPostBodyOnly' || kind !== 'machine');

describe('a secure default', () => {
  it.each(cases)('%s of a %s app is what every front end gives', (what, kind, row) => {
    const before = frontEnds();
    const writable = row as Writable;
    const original = writable.value;
    const value = original[kind];
    writable.value = { ...original, [kind]: typeof value === 'boolean' ? !value : OTHERS[what] };
    try {
      const after = frontEnds();
      // The typed resources leave the format of access tokens to the resource below, which an existing app decides, too.
      const fronts = [
        'constructs',
        'terraform',
        'readme',
        ...(what === 'accessToken' ? [] : ['typed' as const]),
      ] as const;
      for (const front of fronts) {
        expect([front, after[front] === before[front]]).toEqual([front, false]);
      }
    } finally {
      writable.value = original;
    }
  });
});
