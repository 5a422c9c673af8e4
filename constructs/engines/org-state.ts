import type { DeclaredApp, DeclaredRecord, OrgInputs, StatedExemption } from '../../lib/synth/org-inputs';
import type { OrgOptions } from '../../lib/synth/org-options';
import { type Synthesis, synthesize } from '../../lib/synth/synthesize';
import type { IConstruct } from '../tree';

const KEY = Symbol.for('cdktf-salesforce-client-apps/OrgState');

type Attributes = Record<string, unknown>;

/** What the constructs of an org declared. Synthesized as a whole, once, and again if something was added since. */
export class OrgState {
  readonly options: OrgOptions;
  readonly #apps: DeclaredApp[] = [];
  readonly #records: DeclaredRecord[] = [];
  readonly #settings: unknown[] = [];
  readonly #assumptions: unknown[] = [];
  readonly #exemptions: StatedExemption[] = [];
  readonly #knownApps: unknown[] = [];
  #synthesis: Synthesis | undefined;
  #preparing = false;

  constructor(options: OrgOptions) {
    this.options = options;
  }

  addApp(app: DeclaredApp): void {
    this.#add(this.#apps, app);
  }

  addRecord(record: DeclaredRecord): void {
    this.#add(this.#records, record);
  }

  addSettings(settings: unknown): void {
    this.#add(this.#settings, settings);
  }

  addAssumptions(assumptions: unknown): void {
    this.#add(this.#assumptions, assumptions);
  }

  addExemption(exemption: StatedExemption): void {
    this.#add(this.#exemptions, exemption);
  }

  addKnownApp(app: unknown): void {
    this.#add(this.#knownApps, app);
  }

  #add<T>(list: T[], item: T): void {
    list.push(item);
    this.#synthesis = undefined;
  }

  synthesis(): Synthesis {
    this.#synthesis ??= synthesize(this.#inputs());
    return this.#synthesis;
  }

  #inputs(): OrgInputs {
    return {
      options: this.options,
      apps: this.#apps,
      records: this.#records,
      settings: this.#settings,
      assumptions: this.#assumptions,
      exemptions: this.#exemptions,
      knownApps: this.#knownApps,
    };
  }

  /**
   * What a resource of the org writes. While cdktf looks for references between stacks, only attributes that hold a
   * value of another resource are of use; making all of them twice would double the time of synth.
   */
  written(make: (synthesis: Synthesis) => Attributes, holdsReferences?: (synthesis: Synthesis) => boolean): Attributes {
    const synthesis = this.synthesis();
    return this.#preparing && holdsReferences?.(synthesis) !== true ? {} : make(synthesis);
  }

  whilePreparing(prepare: () => void): void {
    this.#preparing = true;
    try {
      prepare();
    } finally {
      this.#preparing = false;
    }
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
