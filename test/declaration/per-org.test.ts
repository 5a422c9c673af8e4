import { PerOrg } from '../../lib/declaration/options/per-org';
import { Username } from '../../lib/declaration/options/username';
import { declareMachineApp, declarePrivateClientApp } from './declare';
import {
  clientCredentials,
  context,
  demoCertificate,
  machineProps,
  onlyProblem,
  privateProps,
  problems,
  valid,
} from './support';

const inOrg = (org: string) => ({ ...context, org });

describe('a value that differs between orgs', () => {
  const props = {
    ...privateProps,
    callbackUrls: PerOrg.of({ prod: ['https://a.example/cb'], uat: ['https://uat.a.example/cb'] }),
    contactEmail: PerOrg.of({ prod: 'iam@acme.example', uat: 'qa@acme.example' }),
    trustedIpRanges: PerOrg.of({ prod: [{ start: '203.0.113.0', end: '203.0.113.9' }], uat: [] }),
  };

  it('is the one stated for the org', () => {
    expect(valid(declarePrivateClientApp(props, inOrg('prod')))).toMatchObject({
      callbackUrls: ['https://a.example/cb'],
      contactEmail: 'iam@acme.example',
      trustedIpRanges: [{ start: '203.0.113.0', end: '203.0.113.9' }],
    });
    expect(valid(declarePrivateClientApp(props, inOrg('uat')))).toMatchObject({
      callbackUrls: ['https://uat.a.example/cb'],
      contactEmail: 'qa@acme.example',
      trustedIpRanges: [],
    });
  });

  it('is never derived: an org that is not listed is reported, once for each option', () => {
    const result = declarePrivateClientApp(props, inOrg('dev'));
    expect(problems(result)).toEqual([
      'value-missing-for-org contactEmail',
      'value-missing-for-org trustedIpRanges',
      'value-missing-for-org callbackUrls',
    ]);
    expect(result.ok ? '' : result.error[0]?.allowed).toContain('prod, uat');
  });

  it('is judged like any other', () => {
    const callbackUrls = PerOrg.of({ prod: ['http://a.example/cb'] });
    expect(problems(declarePrivateClientApp({ ...privateProps, callbackUrls }, context))).toEqual([
      'invalid-callback-url callbackUrls[0]',
    ]);
    const empty = PerOrg.of({ prod: [] });
    expect(problems(declarePrivateClientApp({ ...privateProps, callbackUrls: empty }, context))).toEqual([
      'wrong-type callbackUrls',
    ]);
  });

  it('may be a certificate, and then stands for a way in of that org only', () => {
    const certificate = PerOrg.of({ prod: demoCertificate() });
    expect(valid(declareMachineApp({ ...machineProps, certificate }, context)).certificate).toBeDefined();
    const problem = onlyProblem(declareMachineApp({ ...machineProps, certificate }, inOrg('uat')));
    expect(problem).toMatchObject({ code: 'value-missing-for-org', field: 'certificate' });
  });

  it('does not exist where orgs must not differ', () => {
    const label = PerOrg.of({ prod: 'Portal' });
    expect(problems(declarePrivateClientApp({ ...privateProps, label }, context))).toEqual(['wrong-type label']);
  });

  it('is reported with the name that was probably meant, also for usernames, and undefined is no value', () => {
    const runAs = (byOrg: unknown) => ({
      ...machineProps,
      clientCredentials: { ...clientCredentials, runAs: Username.perOrg(byOrg as Record<string, string>) },
    });
    expect(onlyProblem(declareMachineApp(runAs({ Prod: 'a@acme.example' }), context))).toMatchObject({
      code: 'username-missing-for-org',
      remedy: expect.stringContaining('write prod instead of Prod'),
    });
    for (const byOrg of [{ prod: undefined }, {}, null, 'prod', ['prod']]) {
      expect(problems(declareMachineApp(runAs(byOrg), context))).toEqual([
        'username-missing-for-org clientCredentials.runAs',
      ]);
    }
  });
});
