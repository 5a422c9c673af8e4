import type { TerraformStack } from 'cdktf';

import { PermittedUsers, PrivateClientApp, Scope } from '../../constructs';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { writeFiles } from '../../scripts/demo/write-files';
import { fastOrg, org, type Project, project, TODAY } from './support';

/** Writes a seed directory into the project, and gives its path. */
export function writeSeed(here: Project, files: ReadonlyMap<string, string>, name = 'seed'): string {
  const folder = here.path(name);
  writeFiles(folder, files);
  return folder;
}

export const messy = (here: Project): string => writeSeed(here, messySeed(new Date(`${TODAY}T12:00:00Z`)));

/** The program declares two of the forty. */
export const declared = (stack: TerraformStack): void => {
  const parent = org(stack);
  for (const [name, label] of [
    ['Customer_Portal', 'Customer Portal'],
    ['Billing_Sync', 'Billing Sync'],
  ] as const) {
    new PrivateClientApp(parent, name, {
      label,
      callbackUrls: ['https://acme.example/cb'],
      scopes: [Scope.API, Scope.OPENID],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  }
};

/** What no output may hold: parts of every token of the seed. */
export const CANARY = /EMULATOR(?:REFRESH|ACCESS|DELETE)/;

/** A project that declares two apps of the messy org, and the org. */
export interface MessyBench {
  here: Project;
  /** The folder that the org starts with: may be changed until then. */
  seed: string;
  salesforce: Emulator;
  readonly begin: () => void;
  readonly start: (options?: EmulatorOptions) => Promise<void>;
  readonly end: () => Promise<void>;
}

export function messyBench(): MessyBench {
  const bench: MessyBench = {
    // Set by begin and start, as everything of a test is.
    ...({} as Pick<MessyBench, 'here' | 'seed' | 'salesforce'>),
    begin: () => {
      bench.here = project();
      bench.here.synth(declared);
      bench.seed = messy(bench.here);
    },
    start: async (options = {}) => {
      bench.salesforce = await fastOrg({ ...options, seedDir: bench.seed });
    },
    end: async () => {
      await bench.salesforce.close();
      bench.here.remove();
    },
  };
  return bench;
}
