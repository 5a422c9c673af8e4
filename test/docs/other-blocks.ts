import type { Tried } from './shell-blocks';

const HCL = { run: 'test/docs/hcl.deep.test.ts' };
const COMPROMISED = { run: 'test/docs/compromised.deep.test.ts' };
const RECIPES = { run: 'test/clients/recipes.deep.test.ts' };
const CONFIGURATION = { run: 'test/docs/configuration.test.ts' };
const GUIDE = { run: 'test/docs/registry-guide.deep.test.ts' };
const UPGRADE = { likewise: 'test/terraform/upgrade.test.ts' };

/** Pages that are written from the sources, blocks and all: generated.test.ts compares them, and a suite runs the sources. */
export const WRITTEN = /^docs\/commands\.md$|^registry\/docs\/(?!guides\/)/;

/** Every block of the documents that is neither shell nor TypeScript, which is compiled, in their order. */
export const OTHER_BLOCKS: Readonly<Record<string, readonly Tried[]>> = {
  'ARCHITECTURE.md': [{ not: 'a drawing of what calls what, in no language' }],
  'README.md': [{ run: 'test/docs/plan-output.test.ts' }],
  'docs/audit.md': [CONFIGURATION, { run: 'test/docs/yaml.test.ts' }],
  'docs/ci.md': [{ likewise: 'test/cli/workflows.test.ts' }, { run: 'test/docs/yaml.test.ts' }],
  'docs/compromised-app.md': [COMPROMISED, COMPROMISED, COMPROMISED, COMPROMISED, COMPROMISED, CONFIGURATION],
  'docs/configuration.md': [CONFIGURATION],
  'docs/contract.md': [{ likewise: 'test/contract/command.deep.test.ts' }],
  'docs/import.md': [{ run: 'test/docs/import.test.ts' }],
  'docs/prove-your-client.md': [
    { likewise: 'test/clients/as-in.deep.test.ts' },
    RECIPES,
    RECIPES,
    RECIPES,
    { not: 'Spring Boot needs a JVM, which no suite of ours has' },
  ],
  'docs/rotate.md': [HCL],
  'docs/start-from-an-org.md': [{ run: 'test/docs/from-org.test.ts' }],
  'docs/start.md': [{ run: 'scripts/ci/first-steps.mjs' }],
  'docs/terraform.md': [{ run: 'test/docs/terraform-hcl.deep.test.ts' }, HCL, HCL, HCL],
  'registry/docs/guides/upgrading.md': [UPGRADE, GUIDE, GUIDE, UPGRADE, GUIDE],
};
