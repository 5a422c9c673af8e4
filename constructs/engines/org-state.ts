import { type FailOn, failOnOf } from '../../lib/policy/severity';
import type { IConstruct } from '../base';
import { evaluate, type Evaluation } from '../../lib/synth/evaluate';
import type { OrgInputs, RegisteredApp, RegisteredExemption, RegisteredRecord } from '../../lib/synth/org-inputs';

const KEY = Symbol.for('cdktf-salesforce-client-apps/OrgState');

/** What a SalesforceOrg gathers. Judged as a whole, once, and again if something was added since. */
export class OrgState {
  readonly #fixed: Pick<OrgInputs, 'path' | 'name' | 'stack' | 'props' | 'clock'>;
  readonly #apps: RegisteredApp[] = [];
  readonly #records: RegisteredRecord[] = [];
  readonly #settings: unknown[] = [];
  readonly #assumptions: unknown[] = [];
  readonly #exemptions: RegisteredExemption[] = [];
  readonly #knownApps: unknown[] = [];
  #evaluation: Evaluation | undefined;
  #preparing = false;

  constructor(fixed: Pick<OrgInputs, 'path' | 'name' | 'stack' | 'props' | 'clock'>) {
    this.#fixed = fixed;
  }

  get name(): string {
    return this.#fixed.name;
  }

  get path(): string {
    return this.#fixed.path;
  }

  get stack(): string {
    return this.#fixed.stack;
  }

  /** Which violations Terraform's plan and apply refuse; undefined where it is not stated, or no severity. */
  get failOn(): FailOn | undefined {
    return failOnOf((this.#fixed.props as { readonly failOn?: unknown } | null | undefined)?.failOn);
  }

  get apps(): readonly RegisteredApp[] {
    return this.#apps;
  }

  get records(): readonly RegisteredRecord[] {
    return this.#records;
  }

  addApp(app: RegisteredApp): void {
    this.#apps.push(app);
    this.#evaluation = undefined;
  }

  addRecord(record: RegisteredRecord): void {
    this.#records.push(record);
    this.#evaluation = undefined;
  }

  addSettings(settings: unknown): void {
    this.#settings.push(settings);
    this.#evaluation = undefined;
  }

  addAssumptions(assumptions: unknown): void {
    this.#assumptions.push(assumptions);
    this.#evaluation = undefined;
  }

  addExemption(exemption: RegisteredExemption): void {
    this.#exemptions.push(exemption);
    this.#evaluation = undefined;
  }

  addKnownApp(app: unknown): void {
    this.#knownApps.push(app);
    this.#evaluation = undefined;
  }

  /** True while cdktf looks for references between stacks. Triggers hold none, so they need not be there yet. */
  get preparing(): boolean {
    return this.#preparing;
  }

  whilePreparing(prepare: () => void): void {
    this.#preparing = true;
    try {
      prepare();
    } finally {
      this.#preparing = false;
    }
  }

  evaluation(): Evaluation {
    this.#evaluation ??= evaluate({
      ...this.#fixed,
      apps: this.#apps,
      records: this.#records,
      settings: this.#settings,
      assumptions: this.#assumptions,
      exemptions: this.#exemptions,
      knownApps: this.#knownApps,
    });
    return this.#evaluation;
  }

  /** Makes the state findable from the construct, also by another copy of this package. */
  attachTo(construct: IConstruct): void {
    Object.defineProperty(construct, KEY, { value: this });
  }

  /** The state of a SalesforceOrg; undefined for any other construct. */
  static of(construct: IConstruct): OrgState | undefined {
    return KEY in construct ? (construct[KEY] as OrgState) : undefined;
  }
}
