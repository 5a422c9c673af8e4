import { type AnnouncedRevocation, leftNow } from '../../lib/operations/revocation';
import type { TokenFacts, UsageFacts } from '../../lib/org/usage/facts';

const announced: AnnouncedRevocation = {
  ...{ format_version: '1.1', state: 'announced', org: 'prod', org_id: '00D000000000001AAA', app: 'Ticket', tokens: 5 },
  asked: { inactive_users: false, unknown: true },
};
const token = { app: 'Ticket', applicationId: '', userId: '005000000000001AAA', user: 'ann@acme.example' };

describe('what a revocation that was cut off has left', () => {
  const tokens = [token as unknown as TokenFacts];
  it.each<[string, Omit<UsageFacts, 'notEvaluated'>, number | undefined]>([
    ['a list that is whole and has one of its tokens', { apps: [], tokens, tokensInAll: 1 }, 1],
    ['a list that is whole and has none', { apps: [], tokens: [], tokensInAll: 0 }, 0],
    ['a list that is cut and has one', { apps: [], tokens, tokensInAll: 9 }, 1],
    ['a list that is cut and has none', { apps: [], tokens: [], tokensInAll: 9 }, undefined],
    ['no list', { apps: [] }, undefined],
  ])('by %s', (_, facts, left) => {
    expect(leftNow({ ...facts, notEvaluated: [] }, announced)).toBe(left);
  });
});
