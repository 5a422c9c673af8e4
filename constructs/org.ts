import type { Engine } from '../lib/declaration/options/engine';
import type { OrgAssumptions, OrgSettings } from '../lib/declaration/org-settings';
import { readOrgOptions } from '../lib/synth/org-options';
import { sourceLocation } from '../lib/synth/source/location';
import { diagnose } from '../lib/values/diagnose';
import { ClientAppsError } from '../lib/values/diagnostic';
import type { Justification } from '../lib/values/justification';
import type { KnownApp } from '../lib/values/known-app';
import { type Cdk, cdkOf } from './cdk';
import type { EngineResources } from './engines/engine-resources';
import { guardStackOf } from './engines/guard';
import { NullEngine } from './engines/null-engine';
import { OrgState } from './engines/org-state';
import { ProviderEngine } from './engines/provider-engine';
import { todayInUtc } from './today';
import { Construct, type IConstruct } from './tree';

/** Key of the app's context under which tests state today's date: `new App({ context: { [TODAY_CONTEXT]: '2026-07-01' } })`. */
export const TODAY_CONTEXT = 'cdktf-salesforce-client-apps/today';

/** What a program says about one org as a whole. All of it is optional. */
export interface SalesforceOrgProps {
  /**
   * Email address of the team responsible for the apps; Salesforce displays and uses it.
   * @default - each app sets its own
   */
  readonly contactEmail?: string;
  /**
   * The id that the org must have, 15 or 18 characters. Every read and write checks it, so the manifest of one org is
   * never applied to another.
   * @default - not checked against the program; saved plans are still bound to the org they were made for
   */
  readonly orgId?: string;
  /**
   * How Terraform drives the deploy.
   * @default Engine.PROVIDER
   */
  readonly engine?: Engine;
  /**
   * For Engine.NULL: revert changes made in the org. If `client-apps drift` runs before `terraform plan`, the plan runs
   * the apply again, and an apply also reverts changes that the plan did not show, unless that widens access.
   * @default false - the plan warns, and an apply refuses to touch what the plan did not show
   */
  readonly reapplyOnDrift?: boolean;
  /**
   * With Terraform: the lowest severity at which a change is stopped for introducing or worsening a violation of a
   * security control. With `none`, only violations that cannot be exempted stop it. On the command line, the option
   * `--fail-on` sets this for one run.
   * @default 'high'
   */
  readonly failOn?: 'critical' | 'high' | 'medium' | 'low' | 'none';
  /**
   * The engine that this org used before: `Engine.NULL` when moving to `Engine.PROVIDER`. Terraform's state is then
   * carried over with `moved` blocks, and nothing in the org is touched. Can be removed after one apply.
   * @default - no previous engine
   */
  readonly movedFrom?: Engine;
  /**
   * Version of the Metadata API, 60 to 68. It determines which options exist; raising it is a change to review.
   * @default 66
   */
  readonly apiVersion?: number;
  /**
   * Whether synth writes Metadata API packages next to the manifest: numbered folders in `package/`, to be deployed in
   * that order. This library never reads them; they are for a first install with other tools.
   * @default true
   */
  readonly writePackage?: boolean;
  /**
   * The date against which justifications are checked, `YYYY-MM-DD`. For tests.
   * @default - today in UTC, or the app's context under TODAY_CONTEXT
   */
  readonly today?: string;
}

/** The inside of an org, for the constructs in it. */
interface Internals {
  readonly state: OrgState;
  readonly engine: EngineResources;
}

const INTERNALS = Symbol.for('cdktf-salesforce-client-apps/SalesforceOrg');

/**
 * A Salesforce org whose client apps are declared in this program. The construct id names the org on the command line,
 * in `SF_<ORG>_…` and in Terraform addresses. One org per stack suits Terraform's state and locks best.
 */
export class SalesforceOrg extends Construct {
  /**
   * Declares the org. What is wrong with it is reported at synth, with everything else.
   *
   * @param scope A stack.
   * @param id Construct id: names the org on the command line.
   */
  constructor(scope: Construct, id: string, props: SalesforceOrgProps = {}) {
    super(scope, id);
    const cdk = cdkOf(this);
    const place = { path: this.node.path, name: id, stack: cdk.TerraformStack.of(this).node.id };
    const state = new OrgState(readOrgOptions(place, props, today(this)));
    state.attachTo(this);
    const internals: Internals = { state, engine: engineOf(this, state, cdk) };
    Object.defineProperty(this, INTERNALS, { value: internals });
    guardStackOf(this, cdk);
  }

  /**
   * Declares the org's OAuth settings. Settings that are not stated stay as they are. Once per org.
   */
  oauthSettings(settings: OrgSettings): void {
    const internals = internalsOf(this);
    internals?.state.addSettings(settings);
    internals?.engine.addSettings();
  }

  /**
   * Declares what someone else keeps true in the org: it is checked against the live org at plan, and never written.
   * Once per org.
   */
  assumes(assumptions: OrgAssumptions): void {
    internalsOf(this)?.state.addAssumptions(assumptions);
  }

  /**
   * Names an app that may use the org although the program does not declare it: one of a vendor, that users let in. Until
   * its review is over, `client-apps drift --unknown-apps` does not call it unknown. The org tells nothing of such an app
   * but its label, which anyone can choose.
   * @param app Label, owner, purpose, and the day by which someone looks at it again. Each app once.
   */
  knows(app: KnownApp): void {
    internalsOf(this)?.state.addKnownApp(app);
  }

  /**
   * Records that a security control need not hold for one app, or for the org's own settings, until a date. Options that
   * make an app less secure ask for a justification themselves; this is for every other control.
   * @param subject The app's construct, or this org.
   * @param control Id of the control, as the error of synth and docs/controls.md tell it: `SFCA-APP-SELF-AUTHORIZED`.
   * Some controls cannot be excused. An exemption that excuses nothing is an error.
   * @param justification Reason, who approved it, and an end at most a year away.
   */
  exempt(subject: IConstruct, control: string, justification: Justification): void {
    const path = Construct.isConstruct(subject) ? subject.node.path : undefined;
    // eslint-disable-next-line @typescript-eslint/unbound-method -- only marks the frame below which the author is
    const source = sourceLocation(this.exempt);
    internalsOf(this)?.state.addExemption({ subject: path, control, justification, ...(source && { source }) });
  }

  /** True for a SalesforceOrg, whichever copy of this package made it. */
  static isSalesforceOrg(value: unknown): value is SalesforceOrg {
    return typeof value === 'object' && value !== null && INTERNALS in value;
  }
}

/**
 * The org that the construct is in, the innermost: what it declared so far, and its Terraform resources.
 * @throws ClientAppsError where it is in none: there is no org to report to at synth, just as a CDK itself throws for a
 * resource outside a stack.
 */
export function orgAround(construct: Construct, what: string, type: string): Internals {
  const { path, id, scopes } = construct.node;
  const org = internalsOf(scopes.findLast((scope) => SalesforceOrg.isSalesforceOrg(scope)));
  if (org) return org;
  throw new ClientAppsError('INVALID_DECLARATION', [diagnose('no-org', { path }, { what, type, id })]);
}

const engineOf = (org: SalesforceOrg, state: OrgState, cdk: Cdk): EngineResources =>
  new (state.options.engine === 'provider' ? ProviderEngine : NullEngine)(org, state, cdk);

function internalsOf(construct: unknown): Internals | undefined {
  if (typeof construct !== 'object' || construct === null || !(INTERNALS in construct)) return undefined;
  return construct[INTERNALS] as Internals;
}

/** What the program's context states, else today's date. */
function today(construct: Construct): string {
  const stated: unknown = construct.node.tryGetContext(TODAY_CONTEXT);
  if (stated === undefined) return todayInUtc();
  return typeof stated === 'string' ? stated : JSON.stringify(stated);
}
