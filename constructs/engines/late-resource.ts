import type { Cdk, TerraformResource } from '../cdk';
import type { Construct } from '../tree';

export type Attributes = Record<string, unknown>;

/** What a resource writes, asked for while its stack is synthesized: before, the program may declare more. */
export interface Writes {
  attributes(): Attributes;
  /**
   * The same for HCL.
   * @default - the attributes. A CDK guesses how to write what comes without a type, and guesses right for objects
   */
  hclAttributes?(): Attributes;
  /** Blocks that stand beside the resource. */
  blocks?(): object;
}

/** A class of resources, of either CDK. */
export type ResourceClass<Config> = new (scope: Construct, id: string, config: Config) => TerraformResource;
type LateClass<Config> = new (scope: Construct, id: string, config: Config, writes: Writes) => TerraformResource;

/** Makes one class for each that it extends: those of the two CDKs have nothing in common. */
export function perClass<Base extends object, Made>(make: (base: Base) => Made): (base: Base) => Made {
  const made = new WeakMap<Base, Made>();
  return (base) => {
    const before = made.get(base);
    if (before !== undefined) return before;
    const now = make(base);
    made.set(base, now);
    return now;
  };
}

const late = perClass(
  (Base: ResourceClass<never>): LateClass<never> =>
    class extends Base {
      readonly #writes: Writes;

      constructor(scope: Construct, id: string, config: never, writes: Writes) {
        super(scope, id, config);
        this.#writes = writes;
      }

      override toTerraform(): object {
        return { ...(super.toTerraform() as object), ...this.#writes.blocks?.() };
      }

      protected override synthesizeAttributes(): Attributes {
        return this.#writes.attributes();
      }

      protected override synthesizeHclAttributes(): Attributes {
        return this.#writes.hclAttributes?.() ?? this.#writes.attributes();
      }
    },
);

/** The same resource, but for its attributes, which are known at synth only. */
export const lateResource = <Config>(base: ResourceClass<Config>): LateClass<Config> => late(base) as LateClass<Config>;

/** What a resource of the provider is made with. */
export type ResourceConfig = ConstructorParameters<Cdk['TerraformResource']>[2];
