import type { TerraformStack } from '../cdk';

/**
 * A check block for the org: `terraform plan` warns of what `client-apps drift` has found, and plans no change because
 * of it. Terraform's own functions read the report, so that no other provider is needed. A report about other code than
 * this counts as none, a damaged one as drift. Neither CDK has a class for a check block.
 */
export function addDriftCheck(stack: TerraformStack, org: string): void {
  const report = reportOf(org);
  const about = `${report}.manifest == jsondecode(file("${folderOf(org)}/manifest.json")).digest`;
  stack.addOverride(`check.${org}_drift`, {
    assert: [
      {
        condition: `\${try(${thereIs(org)} ? !(${about}) || length(${report}.drift) == 0 : true, false)}`,
        error_message:
          `The org ${org} is not as its code declares, and the changes of this plan do not show it:\n` +
          `\${try(join("\\n", ${report}.drift), "its drift report cannot be read; run client-apps drift again")}`,
      },
    ],
  });
}

/** The trigger that makes the apply run again where drift was found, and only there. */
export const reapplyTrigger = (org: string): string => `\${${thereIs(org)} ? ${reportOf(org)}.reapply : "none"}`;

const folderOf = (org: string): string => `\${path.module}/client-apps/${org}`;
const fileOf = (org: string): string => `"${folderOf(org)}/drift.json"`;
const thereIs = (org: string): string => `fileexists(${fileOf(org)})`;
const reportOf = (org: string): string => `jsondecode(file(${fileOf(org)}))`;
