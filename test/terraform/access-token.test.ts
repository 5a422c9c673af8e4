import { ephemeralCalls } from '../../lib/terraform/ephemeral/calls';
import { Unknown, type Values, writeValue } from '../../lib/terraform/wire/value';

interface Diagnostic {
  readonly detail: string;
  readonly attribute?: unknown;
}

async function validate(config: Values): Promise<readonly Diagnostic[]> {
  const calls = ephemeralCalls(() => {
    throw new Error('a validation asks no org');
  });
  const request = { type_name: 'salesforce_access_token', config: writeValue(config) };
  const { diagnostics } = (await calls.ValidateEphemeralResourceConfig?.(request)) as {
    readonly diagnostics: readonly Diagnostic[];
  };
  return diagnostics;
}

describe('the arguments of salesforce_access_token', () => {
  it.each<[Values, string]>([
    [{ consumer_secret: 'x' }, 'consumer_secret is for the login of an app'],
    [{ login_url: 'https://acme.my.salesforce.com' }, 'login_url is for the login of an app'],
    [{ consumer_key: 'k' }, 'Set either consumer_secret'],
    [{ consumer_key: 'k', consumer_secret: 's', private_key: 'p', username: 'u' }, 'Set either consumer_secret'],
    [{ consumer_key: 'k', private_key: 'p' }, 'set the username'],
    [{ consumer_key: 'k', consumer_secret: 's', username: 'u' }, 'remove username'],
    [{ consumer_key: 'k', consumer_secret: 's', login_url: 'https://login.salesforce.com' }, 'My Domain only'],
    [{ consumer_key: 'k', consumer_secret: 's', login_url: 'http://x.example' }, 'must start with https'],
  ])('%j are refused', async (config, text) => {
    const [first, ...others] = await validate(config);
    expect(first?.detail).toContain(text);
    expect(first).toHaveProperty('attribute');
    expect(others).toEqual([]);
  });

  it.each<Values[]>([
    [{}],
    [{ consumer_key: 'k', consumer_secret: 's' }],
    [{ consumer_key: 'k', private_key: 'p', username: 'u', login_url: 'https://test.salesforce.com' }],
    [{ consumer_key: new Unknown(), username: 'u' }],
  ])('%j are fine', async (config) => {
    expect(await validate(config)).toEqual([]);
  });
});
