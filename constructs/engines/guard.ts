import { installPackages } from '../../lib/metadata/package/install-packages';
import { formatDiagnostic } from '../../lib/values/diagnostic';
import { saidOnce } from '../../lib/values/same-diagnostics';
import { type Cdk, type ISynthesisSession, otherCdk, type TerraformStack } from '../cdk';
import type { IConstruct } from '../tree';
import { type OrgOutput, removeOutputExcept, writeOrg } from './output';
import { orgsOf, programDiagnostics, requireValidProgram } from './program';
import { writeLauncher } from './provider-launcher';

const GUARDED = Symbol.for('cdktf-salesforce-client-apps/Guarded');

/**
 * Stands before and behind the synthesis of the stack that the construct is in. Before: the whole program is judged,
 * whatever the CDK was configured to skip, so that an invalid one writes nothing at all. Behind: the manifests are written.
 * No CDK has a public hook for either, so two members of the stack are decorated.
 */
export function guardStackOf(construct: IConstruct, cdk: Cdk): void {
  const stack = cdk.TerraformStack.of(construct);
  if (GUARDED in stack) return;
  Object.defineProperty(stack, GUARDED, { value: true });
  const other = otherCdk(cdk);
  if (other)
    stack.node.addMetadata(
      '@cdktf/info',
      `${cdk.name} writes this stack, because its class comes from there; ${other} is also installed. Import App and TerraformStack from the one you want to use.`,
    );

  // A CDK prepares all stacks before it writes the first one.
  const prepare = stack.prepareStack.bind(stack);
  stack.prepareStack = () => {
    judge(stack, cdk.App.of(stack).outdir);
    announce(stack);
    const orgs = orgsOf(stack).filter(({ options }) => options.stack === stack.node.id);
    orgs.reduce((inner, org) => () => org.whilePreparing(inner), prepare)();
  };

  const inner = stack.synthesizer;
  stack.synthesizer = { synthesize: (session) => synthesize(stack, session, () => inner.synthesize(session)) };
}

function synthesize(stack: TerraformStack, session: ISynthesisSession, inner: () => void): void {
  const { outdir } = session;
  judge(stack, outdir);
  try {
    inner();
    // Aspects ran meanwhile and may have added an app.
    requireValidProgram(stack);
  } catch (error) {
    removeOutputExcept(outdir, new Set());
    throw error;
  }
  const outputs = outputsOf(stack);
  removeOutputExcept(outdir, new Set(orgsOf(stack).map(({ options }) => `${options.stack}/${options.name}`)));
  for (const output of outputs) writeOrg(outdir, output);
  if (outputs.some(({ manifest }) => manifest.org.engine === 'provider')) writeLauncher(outdir, stack.node.id);
}

function judge(stack: TerraformStack, outdir: string): void {
  try {
    requireValidProgram(stack);
  } catch (error) {
    removeOutputExcept(outdir, new Set());
    throw error;
  }
}

/** Warnings of the apps in this stack, where cdktf looks for them: its command line prints them. Each once. */
function announce(stack: TerraformStack): void {
  const said = new Set(stack.node.metadata.map(({ data }) => data as unknown));
  const own = programDiagnostics(stack).filter(
    ({ severity, path }) => severity === 'warning' && path.startsWith(`${stack.node.path}/`),
  );
  for (const text of saidOnce(own).map(formatDiagnostic)) {
    if (!said.has(text)) stack.node.addMetadata('@cdktf/warn', text);
  }
}

function outputsOf(stack: TerraformStack): readonly OrgOutput[] {
  return orgsOf(stack).flatMap((org) => {
    const { stack: id, name } = org.options;
    const { manifest, writePackage } = org.synthesis();
    if (id !== stack.node.id || !manifest) return [];
    const packages = writePackage ? installPackages(manifest) : [];
    return { stack: id, org: name, manifest, packages };
  });
}
