import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { OauthCustomScope, OauthTokenExchangeHandler, TokenType } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { bench, declared } from '../operations/support';

const RUNS = process.env['CLIENT_APPS_DEEP'] ? 200 : 15;
const justification = { reason: 'By chance', approvedBy: 'chance@acme.example', expires: '2027-05-31' };

const text = fc.stringMatching(/^[A-Za-z0-9<&'"${}][A-Za-z0-9 <&'"${}äß]{0,30}$/).map((value) => `a${value}z`.trim());
const excepted = fc.constantFrom(undefined, { enabled: false } as const, { enabled: true, justification } as const);

const scope = fc.record(
  { label: text, description: text, inDiscoveryDocument: fc.boolean() },
  { requiredKeys: ['label', 'description'] },
);

const TOKEN_TYPES = [
  TokenType.ACCESS_TOKEN,
  TokenType.ID_TOKEN,
  TokenType.JWT,
  TokenType.REFRESH_TOKEN,
  TokenType.SAML2,
] as const;

const handler = fc.record(
  {
    label: text,
    description: text,
    enabled: fc.boolean(),
    createsUsers: excepted,
    accepts: fc.subarray([...TOKEN_TYPES], { minLength: 1 }),
  },
  { requiredKeys: ['label', 'description', 'accepts'] },
);

const program = fc.record({
  scopes: fc.dictionary(fc.constantFrom('a', 'b', 'orders_read'), scope, { maxKeys: 3 }),
  handlers: fc.dictionary(fc.constantFrom('One', 'Two'), handler, { maxKeys: 2 }),
});
type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

function manifestOf(apiVersion: number, { scopes, handlers }: Program): Manifest {
  return declared(
    (org) => {
      for (const [id, props] of Object.entries(scopes)) new OauthCustomScope(org, id, props);
      for (const [id, { accepts, createsUsers, ...props }] of Object.entries(handlers)) {
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
