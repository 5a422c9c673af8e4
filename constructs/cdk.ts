import type * as Cdktf from 'cdktf';

import { type CdkName, CDKS } from '../lib/values/cdk';
import { diagnose } from '../lib/values/diagnose';
import { ClientAppsError } from '../lib/values/diagnostic';
import { cdkMissing, isMissing } from './peers';
import type { IConstruct } from './tree';

export type {
  ISynthesisSession,
  TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
} from 'cdktf';

/** What this package uses of a CDK. */
export interface Cdk extends Pick<
  typeof Cdktf,
  'App' | 'Aspects' | 'TerraformProvider' | 'TerraformResource' | 'TerraformStack'
> {
  readonly name: CdkName;
}

/** The one door to both. Each name stands here as it is, so that a bundler finds it. */
const LIBRARIES: Readonly<Record<CdkName, () => typeof Cdktf>> = {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a constructor cannot wait for import()
  cdktf: () => require('cdktf') as typeof Cdktf,
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
  cdktn: () => require('cdktn') as typeof Cdktf,
};

/** The same in both, since the fork kept it. */
const STACK = Symbol.for('cdktf/TerraformStack');
/** jsii, which compiles both, writes the full name into each class: `cdktn.TerraformStack`. */
const FULL_NAME = Symbol.for('jsii.rtti');

const known = new WeakMap<IConstruct, Cdk>();

/**
 * The CDK that the construct's own stack comes from: a resource of the other one breaks in it. So nothing has to be
 * chosen where both are installed, and a program may have stacks of both.
 * @throws ClientAppsError `cdk-missing` where no CDK is installed, `cdk-of-stack-missing` where this package finds the
 * other one alone; and the error of the CDK itself for a construct that is in no stack.
 */
export function cdkOf(construct: IConstruct): Cdk {
  const stack = construct.node.scopes.findLast((scope) => STACK in scope);
  const found = (stack && known.get(stack)) ?? cdkOfStack(construct, stack);
  if (stack) known.set(stack, found);
  return found;
}

function cdkOfStack(construct: IConstruct, stack: IConstruct | undefined): Cdk {
  const name = stack && libraryOf(stack);
  const there = (name === undefined ? CDKS : [name, ...CDKS.filter((other) => other !== name)]).flatMap(
    (each) => load(each) ?? [],
  );
  const [first] = there;
  if (!first) throw cdkMissing(construct.node.path);
  // An alias in package.json may have given one of them the name of the other.
  const library = there.find(({ TerraformStack }) => stack instanceof TerraformStack) ?? first;
  const { App, Aspects, TerraformProvider, TerraformResource, TerraformStack } = library;
  const loaded = fullName(TerraformStack);
  // Another copy of the same library does; its symbols are the same.
  if (name !== undefined && loaded !== undefined && loaded !== name) {
    throw new ClientAppsError('REFUSED', [
      diagnose('cdk-of-stack-missing', { path: construct.node.path }, { name, other: loaded }),
    ]);
  }
  return { name: loaded ?? 'cdktf', App, Aspects, TerraformProvider, TerraformResource, TerraformStack };
}

/** The other CDK, where it is installed, too: which of the two a stack uses is then worth a word. */
export function otherCdk({ name }: Cdk): CdkName | undefined {
  const other = name === 'cdktf' ? 'cdktn' : 'cdktf';
  try {
    require.resolve(other);
    return other;
  } catch {
    return undefined;
  }
}

function load(name: CdkName): typeof Cdktf | undefined {
  try {
    return LIBRARIES[name]();
  } catch (error) {
    if (isMissing(error, name)) return undefined;
    throw error;
  }
}

/** What the classes of a stack say of themselves: its own may be one of the program's, or of a library of the company. */
function libraryOf(stack: object): CdkName | undefined {
  for (let each: unknown = stack.constructor; typeof each === 'function'; each = Object.getPrototypeOf(each)) {
    const name = fullName(each);
    if (name) return name;
  }
  return undefined;
}

function fullName(type: object): CdkName | undefined {
  const fqn = (type as { readonly [FULL_NAME]?: { readonly fqn?: string } })[FULL_NAME]?.fqn;
  return CDKS.find((name) => fqn === `${name}.TerraformStack`);
}
