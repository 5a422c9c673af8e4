import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { OauthCustomScope, OauthTokenExchangeHandler, TokenType } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { customScopes, handlers } from '../constructs/oauth-record-arbitraries';
import { cases } from '../deep';
import { bench, declared } from '../operations/support';

const RUNS = cases(2, 60);
const program = fc.record({
  scopes: fc.dictionary(fc.constantFrom('a', 'b', 'orders_read'), customScopes, { maxKeys: 3 }),
  handlers: fc.dictionary(fc.constantFrom('One', 'Two'), handlers, { maxKeys: 2 }),
});
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

function manifestOf(apiVersion: number, { scopes, handlers: made }: Program): Manifest {
  return declared(
    (org) => {
      for (const [id, props] of Object.entries(scopes)) new OauthCustomScope(org, id, props);
      for (const [id, { accepts, createsUsers, ...props }] of Object.entries(made)) {
        const [first = TokenType.JWT, ...rest] = accepts;
        new OauthTokenExchangeHandler(org, id, {
          ...props,
          ...(createsUsers && { createsUsers }),
          apexClass: 'PartnerTokens',
          accepts: [first, ...rest],
          enabledFor: [],
        });
      }
    },
    { apiVersion },
  );
}

/** An org with the class that every handler names. */
async function orgWithClass() {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'PartnerTokens' }] }));
  try {
    return await bench({ seedDir });
  } finally {
    rmSync(seedDir, { recursive: true, force: true });
  }
}

describe.each([60, 64, 65, 66, 68])('for random scopes and handlers at API version %d', (version) => {
  it('the plan after the apply is empty, from any program to any other', async () => {
    await fc.assert(
      fc.asyncProperty(program, program, async (before, after) => {
        const org = await orgWithClass();
        try {
          for (const manifest of [manifestOf(version, before), manifestOf(version, after)]) {
            expect((await org.apply(manifest)).remarks.filter(({ severity }) => severity === 'error')).toEqual([]);
            expect((await org.plan(manifest)).phases).toEqual([]);
          }
        } finally {
          await org.close();
        }
      }),
      { numRuns: RUNS },
    );
  });
});
