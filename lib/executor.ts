/** The executor as a Node API: what the command line does, without the command line. Never loads cdktf. */
export { connect, type ConnectOptions } from './org/connect';
export type { Exchanged } from './org/transport';
export type { Credentials, Login } from './org/credentials';
export { resolveLogin } from './org/login';
export type { Org, OrgFacts, OrgIdentity } from './org/org';
export { isOrgError, OrgError, type OrgErrorKind } from './org/org-error';
export { applyPlan, type ApplyInput } from './operations/apply-plan';
export type { ApplyJournal, JournalPort } from './operations/journal';
export { followJournal, type Unfinished } from './operations/resume';
export { auditOrg, type Audit, type AuditContext } from './operations/audit';
export { detectDrift } from './operations/detect-drift';
export { planOrg, type PlanInput } from './operations/plan-org';
export { readOutputs } from './operations/read-outputs';
export { stopApp, type StopInput } from './operations/stop-app';
export { type Approval, notReviewed } from './plan/unreviewed';
export type { AppReceipt, OnEvent, OperationEvent, OrgDrift, OrgOutputs, OrgReceipt } from './operations/types';
export {
  hasChanges,
  NO_CONSENTS,
  type AppPlan,
  type Consents,
  type Effect,
  type FieldChange,
  type Impact,
  type OrgPlan,
  type Plan,
  type RecordPlan,
  type SettingsPlan,
} from './plan/plan';
export type { NamedConsents } from './options/consents';
export type { Manifest, ManifestApp, ManifestRecord } from './metadata/manifest';
export {
  ClientAppsError,
  formatDiagnostic,
  isClientAppsError,
  type Diagnostic,
  type DiagnosticCode,
} from './values/diagnostic';
