import type { AppGuard } from './guard';

/** Fields with values of other Terraform resources (engine provider) can only be written by Terraform. */
export const guardLateValues: AppGuard = ({ app, live, diffs }) => {
  const late = app.components.flatMap(({ late: names = [] }) => names);
  const changes = live === undefined || diffs.some((diff) => diff.changes.length > 0);
  if (late.length === 0 || !changes) return [];
  return [
    {
      code: 'value-known-to-terraform',
      severity: 'error',
      path: app.path,
      problem: `the values of ${late.join(', ')} come from other Terraform resources, so only Terraform knows them`,
      allowed: 'an app whose values are all known at synth',
      remedy: 'use terraform plan and terraform apply for this org',
    },
  ];
};
