import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { startEmulator } from '../../lib/emulator';
import { askAll } from './ask';
import { type ContractLogin, type ContractOrg, contractOrg } from './org';
import type { Level } from './probe';
import { type Contract, contractText } from './report';

/**
 * Asks the emulator, and the org of SF_INSTANCE_URL and SF_ACCESS_TOKEN where they are set, for every open fact of
 * lib/emulator/COVERAGE.md. Reads only, unless --validate or --write say otherwise.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      validate: { type: 'boolean' },
      write: { type: 'boolean' },
      wait: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const patienceMs = waitOf(values.wait);
  const most: Level = values.write === true ? 'write' : values.validate === true ? 'validate' : 'read';
  const contracts = [await askEmulator()];
  const { SF_INSTANCE_URL: instanceUrl = '', SF_ACCESS_TOKEN: accessToken = '' } = process.env;
  if (instanceUrl === '' || accessToken === '') {
    process.stderr.write('SF_INSTANCE_URL and SF_ACCESS_TOKEN are not set: only the emulator was asked.\n');
  } else {
    contracts.push(await askOrg({ instanceUrl: instanceUrl.replace(/\/+$/, ''), accessToken, patienceMs }, most));
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(contracts, undefined, 2)}\n`);
  process.stdout.write(contracts.map(contractText).join('\n'));
}

/** A new app, or a changed one, works after ten minutes at the latest. */
const LONGEST_S = 600;

function waitOf(text = String(LONGEST_S)): number {
  if (/^\d{1,4}$/.test(text)) return Number(text) * 1000;
  throw new Error(`--wait takes seconds, not ${text}.`);
}

/** Everything: it is ours, and ends with the run. An answer otherwise than assumed is a defect of emulator or probe. */
async function askEmulator(): Promise<Contract> {
  const emulator = await startEmulator({ sandbox: 'contract' });
  try {
    // Whatever is changed in it works at once.
    const org = contractOrg({ instanceUrl: emulator.url, accessToken: emulator.accessToken, patienceMs: 0 });
    const facts = await askAll(org, 'write');
    if (facts.some(({ agrees }) => agrees === false)) process.exitCode = 1;
    return { format_version: '1.0', org: 'emulator', facts };
  } finally {
    await emulator.close();
  }
}

async function askOrg(login: ContractLogin, most: Level): Promise<Contract> {
  const org = contractOrg(login);
  if (most === 'write') await requireSandbox(org);
  return { format_version: '1.0', org: new URL(login.instanceUrl).hostname, facts: await askAll(org, most) };
}

/** Sandboxes and scratch orgs say so themselves; everything else counts as production. */
async function requireSandbox(org: ContractOrg): Promise<void> {
  const [organization] = (await org.rows('SELECT IsSandbox FROM Organization')) ?? [];
  if (organization?.['IsSandbox'] === true) return;
  throw new Error('--write is for sandboxes and scratch orgs, and this org does not say that it is one.');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
