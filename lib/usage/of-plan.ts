import type { AppPlan, AppPlanUsage, OrgPlan } from '../plan/plan';
import { CONNECTED_APP } from '../values/metadata-types';
import { type AppName, gapsOf, usageOf } from './of-app';
import type { UsageReport } from './report';

/** The plan with who uses each app that exists. Nothing of what is applied changes, and neither does the digest. */
export const planWithUsage = (plan: OrgPlan, report: UsageReport): OrgPlan => ({
  ...plan,
  apps: plan.apps.map((app) => (exists(app) ? { ...app, usage: planUsage(nameOf(app), report) } : app)),
});

/** A new app has no usage. */
const exists = ({ action, missing }: AppPlan): boolean => action !== 'create' && missing !== true;

const nameOf = ({ api_name: apiName, label, names }: AppPlan): AppName => ({
  apiName,
  label,
  platform: CONNECTED_APP in names ? 'connected-app' : 'external-client-app',
});

function planUsage(app: AppName, report: UsageReport): AppPlanUsage {
  const gaps = gapsOf(app, report);
  const found = usageOf(app, report);
  const { today, logins_since: since, tokens: list } = report;
  const tokens = gaps.tokens === undefined ? (found?.tokens ?? NO_TOKENS) : undefined;
  const logins = gaps.logins === undefined ? (found?.logins ?? NO_LOGINS) : undefined;
  return {
    today,
    logins_since: since,
    ...(tokens && {
      users: tokens.users_active + tokens.users_inactive,
      tokens: tokens.count,
      uses: tokens.uses,
      ...(tokens.last_used !== undefined && { last_used: tokens.last_used }),
      ...(list?.cut === true && { at_least: true as const }),
    }),
    ...(logins && {
      logins: logins.count,
      networks: logins.networks,
      ...(logins.last !== undefined && { last_login: logins.last }),
      ...(logins.flows && { flows: logins.flows.map(({ flow, last }) => ({ flow, last })) }),
    }),
    not_evaluated: [...new Set(Object.values(gaps).filter((gap) => gap !== undefined))],
  };
}

const NO_TOKENS: NonNullable<ReturnType<typeof usageOf>>['tokens'] = {
  count: 0,
  users_active: 0,
  users_inactive: 0,
  uses: 0,
};
const NO_LOGINS: NonNullable<ReturnType<typeof usageOf>>['logins'] = { count: 0, failed: 0, types: [], networks: 0 };
