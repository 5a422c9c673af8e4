/**
 * How a block of shell is tried. `exits`: it is run as it stands by shell.deep.test.ts, and ends with that code. `run`:
 * another file reads it from the document and runs it. `likewise`: a suite runs the same commands, with other names. `not`: why
 * it cannot be run here.
 */
export type Tried =
  { readonly exits: number } | { readonly run: string } | { readonly likewise: string } | { readonly not: string };

const FIRST_STEPS = { run: 'scripts/ci/first-steps.mjs' };
const CONTRIBUTORS = { likewise: '.ci/run' };
const SALESFORCE_CLI = { not: 'the Salesforce CLI logs in to a real org' };
const MIGRATE = { likewise: 'test/cli/migrate.deep.test.ts' };
const HEAL = { likewise: 'test/cli/heal.test.ts' };

/** Every block of shell of the documents for users, in their order. */
export const SHELL_BLOCKS: Readonly<Record<string, readonly Tried[]>> = {
  'CONTRIBUTING.md': [CONTRIBUTORS],
  'README.md': [FIRST_STEPS, { likewise: 'test/docs/from-org.test.ts' }],
  'docs/audit.md': [{ likewise: 'test/cli/audit.test.ts' }],
  'docs/bootstrap.md': [
    { exits: 0 },
    SALESFORCE_CLI,
    SALESFORCE_CLI,
    { exits: 0 },
    SALESFORCE_CLI,
    { not: 'key, username and address of a real org' },
  ],
  'docs/cdk-terrain.md': [
    { not: 'it installs from the registry; the suites run on either CDK' },
    { run: 'test/docs/cdk-terrain.test.ts' },
    { exits: 0 },
  ],
  'docs/ci.md': [{ exits: 0 }, { exits: 0 }],
  'docs/contract.md': [{ likewise: 'test/contract/command.deep.test.ts' }],
  'docs/emulated-org.md': [{ likewise: 'test/cli/emulate.deep.test.ts' }, { likewise: 'test/emulator/faults.test.ts' }],
  'docs/import.md': [
    { likewise: 'test/cli/import.test.ts' },
    { run: 'test/docs/import.test.ts' },
    { likewise: 'test/terraform/provider-import.deep.test.ts' },
  ],
  'docs/migrate.md': [MIGRATE, MIGRATE, MIGRATE],
  'docs/packages.md': [SALESFORCE_CLI],
  'docs/prove-your-client.md': [
    { likewise: 'test/clients/command.deep.test.ts' },
    { run: 'test/clients/recipes.deep.test.ts' },
    { likewise: 'test/clients/salesforce-cli.deep.test.ts' },
  ],
  'docs/prove.md': [{ exits: 0 }],
  'docs/rotate.md': [{ likewise: 'test/cli/rotate.deep.test.ts' }],
  'docs/sandbox-refresh.md': [HEAL, HEAL],
  'docs/start-from-an-org.md': [{ likewise: 'test/docs/from-org.test.ts' }],
  'docs/start.md': [CONTRIBUTORS, CONTRIBUTORS, FIRST_STEPS, FIRST_STEPS, FIRST_STEPS, FIRST_STEPS, FIRST_STEPS],
  'docs/terraform.md': [
    { likewise: 'scripts/ci/package.sh' },
    FIRST_STEPS,
    { run: 'test/docs/terraform-hcl.deep.test.ts' },
  ],
  'docs/undo.md': [{ exits: 0 }],
};
