import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { App, LocalBackend, TerraformStack } from 'cdktf';

import { Engine, SalesforceOrg, type SalesforceOrgProps } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { deploys, type Project as CommandProject, project as commandProject, TODAY } from '../cli/support';
import { installPackage } from './installed';
import { installProvider, type Ran, terraform } from './support';

export const NULL = 'registry.terraform.io/hashicorp/null';

/** The project of someone who uses the null engine: cdktf.out with one stack, and the command where npx finds it. */
export interface NullProject extends Pick<CommandProject, 'folder' | 'remove' | 'path'> {
  readonly emulator: Emulator;
  /** Synthesizes a program with one org. */
  readonly synth: (declare: (org: SalesforceOrg, stack: TerraformStack) => void, props?: SalesforceOrgProps) => void;
  /** Runs the real terraform in the stack's folder. */
  readonly run: (...given: readonly string[]) => Promise<Ran>;
  /** The same with other variables than those that lead to the org. */
  readonly runAs: (credentials: Readonly<Record<string, string>>, ...given: readonly string[]) => Promise<Ran>;
  readonly plan: (...given: readonly string[]) => Promise<Ran>;
  readonly apply: (...given: readonly string[]) => Promise<Ran>;
  /** Runs our command in the project, as a person would. */
  readonly command: (commandLine: string) => Promise<{ readonly code: number; readonly text: string }>;
  readonly deploys: () => number;
  /** Every file below the project that a run leaves behind, but for programs. */
  readonly texts: () => readonly string[];
}

export function nullProject(emulator: Emulator): NullProject {
  const work = commandProject();
  const { path } = work;
  const stackFolder = path('cdktf.out/stacks/identity');
  const environment = { SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url };
  installPackage(work.folder);
  installProvider(stackFolder, NULL, '3.2.4', 'test/terraform/stand-in/null-provider.ts');
  const runAs = (credentials: Readonly<Record<string, string>>, ...given: readonly string[]): Promise<Ran> =>
    terraform(stackFolder, given, {
      ...credentials,
      PATH: `${path('node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    });
  const run = (...given: readonly string[]): Promise<Ran> => runAs(environment, ...given);
  return {
    ...work,
    emulator,
    run,
    runAs,
    plan: (...given) => run('plan', '-input=false', '-detailed-exitcode', ...given),
    apply: (...given) => run('apply', '-input=false', '-auto-approve', ...given),
    synth: (declare, props) => {
      const app = new App({ outdir: path('cdktf.out') });
      const stack = new TerraformStack(app, 'identity');
      new LocalBackend(stack, { path: '../../../terraform.tfstate' });
      declare(
        new SalesforceOrg(stack, 'prod', {
          contactEmail: 'iam@acme.example',
          engine: Engine.NULL,
          today: TODAY,
          ...props,
        }),
        stack,
      );
      app.synth();
    },
    command: async (commandLine) => {
      const { code, stdout, stderr } = await work.run(commandLine, { environment });
      return { code, text: stdout + stderr };
    },
    deploys: () => deploys(emulator),
    texts: () =>
      readdirSync(work.folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !/node_modules|terraform\.d|\/providers\//.test(entry.parentPath))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')),
  };
}
