import fc from 'fast-check';

import { TokenType } from '../../constructs';

const justification = { reason: 'By chance', approvedBy: 'chance@acme.example', expires: '2027-05-31' };

const text = fc.stringMatching(/^[A-Za-z0-9<&'"${}][A-Za-z0-9 <&'"${}äß]{0,30}$/).map((value) => `a${value}z`.trim());
const excepted = fc.constantFrom(undefined, { enabled: false } as const, { enabled: true, justification } as const);

/** Options of a custom scope. */
export const customScopes = fc.record(
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

/** Options of a token exchange handler, but for its class and the apps that it serves. */
export const handlers = fc.record(
  {
    label: text,
    description: text,
    enabled: fc.boolean(),
    createsUsers: excepted,
    accepts: fc.subarray([...TOKEN_TYPES], { minLength: 1 }),
  },
  { requiredKeys: ['label', 'description', 'accepts'] },
);
