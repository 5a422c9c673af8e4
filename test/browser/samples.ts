import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { PermittedUsers, PrivateClientApp, PublicClientApp, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { writeSeed } from '../cli/messy-support';
import {
  fastOrg,
  login,
  mobile,
  org,
  portal,
  type Project,
  project,
  switchPkceOff,
  takeScopeAway,
} from '../cli/support';

/** What a forge takes for its own: a cell, a code span, an end of a block, a mention, an issue, a link, a line. */
const FORGED =
  '| `x` </details></code><b>!</b> @security #1 !2 ~bug %v1 [a](https://evil.example) https://evil.example www.evil.example\n## no changes';

/** A folder with every report of the product, of orgs that have something to say. */
export interface Samples {
  readonly here: Project;
  /** Names of the pages in the folder. */
  readonly pages: readonly string[];
  /** Names of the Markdown files in the folder. */
  readonly markdown: readonly string[];
  readonly url: (name: string) => string;
  readonly end: () => Promise<void>;
}

/** @param hostile The label of one app. */
export async function samples(hostile: string = FORGED): Promise<Samples> {
  const here = project();
  const now = new Date();
  const today = now.toISOString().slice(0, 10);
  const orgs: readonly (readonly [string, Emulator])[] = [
    ['prod', await fastOrg({ seedDir: writeSeed(here, messySeed(now)) })],
    ['uat', await fastOrg()],
  ];
  const environment = Object.assign({}, ...orgs.map(([name, each]) => login(each, name))) as Record<string, string>;
  const run = async (line: string, ends: readonly number[] = [0]): Promise<void> => {
    const { code, stderr } = await here.run(line, { environment, today });
    if (!ends.includes(code)) throw new Error(`${line} ended with ${code}: ${stderr}`);
  };
  here.synth((stack) => {
    for (const [name] of orgs) {
      const parent = org(stack, name);
      portal(parent);
      mobile(parent);
    }
  });
  await run('apply --auto-approve');
  const [[, prod]] = orgs as [readonly [string, Emulator]];
  await switchPkceOff(prod);
  await takeScopeAway(prod);
  here.synth((stack) => {
    for (const [name] of orgs) {
      const parent = org(stack, name);
      portal(parent);
      mobile(parent);
      new PublicClientApp(parent, 'Forged', {
        label: 'Forged',
        description: hostile,
        callbackUrls: ['com.acme.forged://callback'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
      new PrivateClientApp(parent, 'Ledger', {
        label: 'Ledger',
        callbackUrls: ['https://ledger.acme.example/callback'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Not_There'] }),
      });
    }
  });
  await run('plan --out plan.json --markdown plan.md', [0, 1, 2, 3]);
  await run('show plan.json --format html --out plan.html');
  for (const [extension, format] of [
    ['md', 'markdown'],
    ['html', 'html'],
  ] as const) {
    await run(`status --format ${format} --out status.${extension}`, [0, 2, 3]);
    await run(`usage --format ${format} --out usage.${extension}`, [0, 3]);
    await run(`audit --format ${format} --out audit.${extension}`, [0, 3]);
  }
  await run('prove --no-synth --format markdown --out prove.md');
  await run('incident Order_Feed --org prod --no-rotate --auto-approve --out case', [0, 5]);
  const names = readdirSync(here.folder);
  const report = join('case', 'report.md');
  return {
    here,
    pages: names.filter((name) => name.endsWith('.html')),
    markdown: [...names.filter((name) => name.endsWith('.md')), ...(existsSync(here.path(report)) ? [report] : [])],
    url: (name) => pathToFileURL(here.path(name)).href,
    end: async () => {
      await Promise.all(orgs.map(([, each]) => each.close()));
      here.remove();
    },
  };
}
