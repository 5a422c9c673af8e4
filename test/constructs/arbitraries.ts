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
import { justification, machineProps } from './support';

export const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
export const apiName = fc.stringMatching(/^[A-Z][A-Za-z0-9]{1,20}(_[A-Za-z0-9]{1,4})?$/);
const text = fc.stringMatching(/^[A-Za-z0-9&<>'"${}%é ]{0,30}[A-Za-z]$/);
const scopes = fc.uniqueArray(
  fc
    .constantFrom(...SCOPE_TOKENS.filter(({ since, token }) => since <= 66 && token !== 'Full'))
    .map(({ token }) => Scope.of(token)),
  { minLength: 1, maxLength: 8, selector: ({ token }) => token },
);
const switchOf = (member: string, secure: boolean) =>
  fc.boolean().map((position) => ({ [member]: position, ...(position !== secure && { justification }) }));
/** Sets that an org can be given beforehand. */
export const PERMISSION_SETS = ['Alpha_Access', 'Beta_Access', 'Gamma_Access', 'Delta_Access'];
const names = fc.subarray(PERMISSION_SETS, { minLength: 1 });

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
export const withUsers = {
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

export const apps = fc.oneof(
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

/** Valid programs of up to five apps of every kind. */
export const programs = fc.uniqueArray(fc.record({ id: apiName, app: apps }), {
  maxLength: 5,
  selector: ({ id }) => id.toLowerCase(),
});
