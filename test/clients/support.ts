import { join } from 'node:path';

import { SalesforceOrg } from '../../constructs';
import type { ClientProof, ScenarioResult } from '../../lib/proof/clients/report';
import { type Project, type RunOptions, TODAY } from '../cli/support';
import { threeKinds } from '../proof/support';

/** A program with a client of each kind. */
export const declareThreeKinds = (here: Project): void =>
  here.synth((stack) =>
    threeKinds(new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', today: TODAY })),
  );

/** The command of one of the clients in this folder. */
export const commandOf = (client: string): string => `${process.execPath} ${join(__dirname, client)}`;

/** The proof of a client; what it prints holds no token of the org. */
export async function proved(
  here: Project,
  app: string,
  client: string,
  { options = '', ...more }: RunOptions & { readonly options?: string } = {},
): Promise<{ readonly code: number; readonly proof: ClientProof; readonly document: unknown }> {
  const command = client.includes('/') ? client : commandOf(client);
  const line = `prove ${app} --no-synth --format json${options} -- ${command}`;
  const { code, stdout, stderr } = await here.run(line, more);
  if (stdout === '') throw new Error(stderr);
  expect(stdout).not.toMatch(/EMULATOR[.A-Za-z0-9]{20}/);
  const document = JSON.parse(stdout) as { readonly clients: readonly [ClientProof] };
  return { code, proof: document.clients[0], document };
}

export const outcomes = ({ declared }: ClientProof): Readonly<Record<string, string>> =>
  Object.fromEntries(declared.scenarios.map(({ scenario, outcome }) => [scenario, outcome]));

export const scenarioOf = ({ declared }: ClientProof, id: string): ScenarioResult | undefined =>
  declared.scenarios.find(({ scenario }) => scenario === id);
