import fc from 'fast-check';

import {
  AccessTokens,
  Duration,
  IpRelaxation,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  Scope,
} from '../../constructs';
import { SCOPE_TOKENS } from '../../lib/declaration/scope-tokens';
import { diagnosticsOf, synthManifests } from '../../constructs/testing';
import {
  justification,
  machineProps,
  orgIn,
  program,
  removeTemporaryFolders,
  temporaryFolder,
  untyped,
} from './support';

/** Nothing is written here; cdktf wants the folder all the same. */
const outdir = temporaryFolder();
afterAll(removeTemporaryFolders);

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const apiName = fc.stringMatching(/^[A-Z][A-Za-z0-9]{1,20}(_[A-Za-z0-9]{1,4})?$/);
const text = fc.stringMatching(/^[A-Za-z0-9&<>'"${}%é ]{0,30}[A-Za-z]$/);
const scopes = fc.uniqueArray(
  fc
    .constantFrom(...SCOPE_TOKENS.filter(({ since, token }) => since <= 66 && token !== 'Full'))
    .map(({ token }) => Scope.of(token)),
  { minLength: 1, maxLength: 8, selector: ({ token }) => token },
);
const switchOf = (member: string, secure: boolean) =>
  fc.boolean().map((position) => ({ [member]: position, ...(position !== secure && { justification }) }));
const names = fc.uniqueArray(apiName, { minLength: 1, maxLength: 4 });

const common = {
  label: text,
  description: option(text),
  scopes,
  ipRelaxation: option(fc.constantFrom(IpRelaxation.ENFORCE, IpRelaxation.relax(justification))),
  introspectAllTokens: option(switchOf('enabled', false)),
  customAttributes: option(fc.dictionary(apiName, fc.constantFrom('Organization.Country', 'User.Id'))),
};
const tokens = fc.constantFrom(
  undefined,
  AccessTokens.jwt(),
  AccessTokens.jwt(Duration.minutes(5)),
  AccessTokens.opaque(Duration.hours(4)),
);
const withUsers = {
  ...common,
  accessTokens: tokens,
  callbackUrls: fc.uniqueArray(
    fc.webUrl({ validSchemes: ['https'] }).filter((url) => !/[*#@]/.test(url)),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
  permittedUsers: fc.oneof(
    fc.constant(PermittedUsers.selfAuthorized()),
    names.map((permissionSets) => PermittedUsers.preAuthorized({ permissionSets })),
  ),
  codeAndCredentials: option(fc.constant({})),
  deviceFlow: option(switchOf('enabled', false)),
  refreshTokenRotation: option(switchOf('enabled', true)),
  refreshTokens: option(
    fc.integer({ min: 1, max: 400 }).map((days) => RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(days))),
  ),
};

const apps = fc.oneof(
  fc.record({ construct: fc.constant(PublicClientApp), props: fc.record(withUsers) }),
  fc.record({
    construct: fc.constant(PrivateClientApp),
    props: fc.record({ ...withUsers, pkce: option(switchOf('required', true)) }),
  }),
  fc.record({
    construct: fc.constant(MachineApp),
    props: fc.record({
      ...common,
      accessTokens: tokens,
      permittedUsers: names.map((permissionSets) => PermittedUsers.preAuthorized({ permissionSets })),
      certificate: fc.constant(machineProps.certificate),
      clientCredentials: option(fc.constant(machineProps.clientCredentials)),
    }),
  }),
);

const programs = fc.uniqueArray(fc.record({ id: apiName, app: apps }), {
  maxLength: 5,
  selector: ({ id }) => id.toLowerCase(),
});

function declared(all: readonly { readonly id: string; readonly app: { construct: unknown; props: object } }[]) {
  const app = program({ outdir });
  const org = orgIn(app);
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  for (const { id, app: each } of all) new (untyped(each.construct))(org, id, each.props);
  return app;
}

describe('for random valid apps', () => {
  it('there is no problem, and the manifest is the same whatever the order of declaration', () => {
    fc.assert(
      fc.property(programs, (all) => {
        const app = declared(all);
        expect(diagnosticsOf(app)).toEqual([]);
        const [manifest] = synthManifests(app);
        const reversed = synthManifests(declared([...all].reverse()))[0];
        expect(JSON.stringify(reversed)).toBe(JSON.stringify(manifest));
        expect(manifest?.apps).toHaveLength(all.length);
      }),
      { numRuns: 150 },
    );
  });

  it('of whatever shape, declaring never throws: it reports', () => {
    fc.assert(
      fc.property(fc.constantFrom(PublicClientApp, PrivateClientApp, MachineApp), fc.anything(), (construct, props) => {
        const app = program({ outdir });
        new (untyped(construct))(orgIn(app), 'App', props);
        expect(diagnosticsOf(app).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('with one option of whatever shape, declaring never throws', () => {
    const optionNames = Object.keys({
      ...withUsers,
      certificate: 0,
      clientCredentials: 0,
      idToken: 0,
      trustedIpRanges: 0,
    });
    fc.assert(
      fc.property(fc.constantFrom(...optionNames), fc.anything(), apps, (name, value, each) => {
        const props = { ...each.props, [name]: value };
        expect(() => diagnosticsOf(declared([{ id: 'App', app: { ...each, props } }]))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
