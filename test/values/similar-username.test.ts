import { similarUsername } from '../../lib/values/similar-username';

describe('a username that was perhaps meant', () => {
  const known = ['billing.sync@acme.example', 'bobby@acme.example', 'alice@acme.example', 'alice@acme.example.uat'];

  it.each([
    ['biling.sync@acme.example', 'billing.sync@acme.example'],
    ['Billing_Sync@acme.example', 'billing.sync@acme.example'],
    ['billing.sync@acme.exmaple', 'billing.sync@acme.example'],
    ['alcie@acme.example', 'alice@acme.example'],
    ['billing.sync', undefined],
    ['carol@acme.example', undefined],
    ['alice@other.test', undefined],
  ])('for %s is %s', (text, meant) => {
    expect(similarUsername(text, known)).toBe(meant);
  });

  it('may be that of a sandbox', () => {
    expect(similarUsername('sync@acme.example', ['sync@acme.example.integrate'])).toBe('sync@acme.example.integrate');
  });
});
