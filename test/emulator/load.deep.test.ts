import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { describeBuilt } from '../cli/built';

const EMULATOR = join(__dirname, '../../dist/lib/emulator');
const CLIENTS = 100;
const REQUESTS = 10_000;

/** A process of its own, whose heap is collected before it is looked at: queries and metadata calls in turn. */
const PROGRAM = `
const { Agent, request } = require('node:http');
const { startEmulator } = require(${JSON.stringify(EMULATOR)});
const agent = new Agent({ keepAlive: true, maxSockets: ${CLIENTS} });
const ask = (org, path) => new Promise((resolve, reject) => {
  const headers = { authorization: 'Bearer ' + org.accessToken };
  request(org.url + path, { agent, headers }, (answer) => {
    const chunks = [];
    answer.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(answer.statusCode + Buffer.concat(chunks)));
  }).on('error', reject).end();
});
const PATHS = ['query?q=SELECT+Username+FROM+User', '', 'query?q=SELECT+COUNT()+FROM+Nothing', 'sobjects'];
const heap = () => (global.gc(), process.memoryUsage().heapUsed);
(async () => {
  const org = await startEmulator();
  const path = (number) => '/services/data/v66.0/' + PATHS[number % PATHS.length];
  const first = [];
  for (let number = 0; number < PATHS.length; number++) first.push(await ask(org, path(number)));
  let wrong = 0;
  const round = async (count) => {
    let next = 0;
    await Promise.all(Array.from({ length: ${CLIENTS} }, async () => {
      for (let number = next++; number < count; number = next++) {
        if ((await ask(org, path(number))) !== first[number % PATHS.length]) wrong++;
      }
    }));
  };
  await round(2000);
  const before = heap();
  await round(${REQUESTS});
  const grown = heap() - before;
  await org.close();
  agent.destroy();
  console.log(JSON.stringify({ wrong, grownPerRequest: grown / ${REQUESTS}, statuses: first.map((text) => text.slice(0, 3)) }));
})();
`;

describeBuilt('the emulated org under load', () => {
  it('answers 10,000 requests of 100 clients at once, each as it answered the first, and keeps next to nothing', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', PROGRAM], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { wrong, grownPerRequest, statuses } = JSON.parse(stdout) as {
      readonly wrong: number;
      readonly grownPerRequest: number;
      readonly statuses: readonly string[];
    };
    expect(wrong).toBe(0);
    // Refusals count, too; none of the four may be a defect.
    expect(statuses.filter((one) => one.startsWith('5'))).toEqual([]);
    expect(statuses[0]).toBe('200');
    // The list of calls, which tests ask for, is all that grows: a few words for each.
    expect(grownPerRequest).toBeLessThan(500);
  });
});
