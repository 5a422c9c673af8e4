import { createClaims, type PlannedResource } from '../../lib/terraform/org/claims';

const APP = 'salesforce_external_client_app';
const resource = (from: string | undefined, to: string | undefined, more: Partial<PlannedResource> = {}) => ({
  type: APP,
  prior: from === undefined ? undefined : { api_name: from },
  config: to === undefined ? undefined : { api_name: to },
  deletes: true,
  single: false,
  ...more,
});
const complaints = (...plans: readonly PlannedResource[]): readonly string[] => {
  const { claim } = createClaims();
  return plans.flatMap((plan) => claim(plan).map(({ summary }) => summary));
};

describe('what the resources of one plan mean', () => {
  it('is no conflict for different apps, for the same name on both platforms, and for two deletions', () => {
    expect(complaints(resource('A', 'A'), resource(undefined, 'B'))).toEqual([]);
    expect(complaints(resource('A', 'A'), resource('A', 'A', { type: 'salesforce_connected_app' }))).toEqual([]);
    expect(complaints(resource('A', undefined), resource('A', undefined))).toEqual([]);
  });

  it.each([
    ['a deletion and a creation', resource('A', undefined), resource(undefined, 'A')],
    ['a rename away and a creation', resource('A', 'B'), resource(undefined, 'A')],
    ['a deletion and a rename to it', resource('A', undefined), resource('B', 'a')],
  ])('is a conflict in any order: %s', (_title, one, other) => {
    expect(complaints(one, other)).toEqual([expect.stringMatching(/two addresses for one app/)]);
    expect(complaints(other, one)).toEqual([expect.stringMatching(/two addresses for one app/)]);
  });

  it('is a conflict for two that are kept, in any spelling, and for two that state the settings', () => {
    expect(complaints(resource('A', 'A'), resource('a', 'a'))).toEqual([`${APP} a: declared twice`]);
    const settings = { type: 'salesforce_oauth_settings', deletes: false, single: true, config: {} };
    expect(complaints(resource(undefined, undefined, settings), resource(undefined, undefined, settings))).toEqual([
      'salesforce_oauth_settings: declared twice',
    ]);
  });
});
