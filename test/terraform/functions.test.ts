import { functionCalls, FUNCTIONS } from '../../lib/terraform/functions/calls';
import { type DynamicValue, readValue, type Value, writeValue } from '../../lib/terraform/wire/value';
import { makeCertificate } from '../emulator/certificate';

interface Answer {
  readonly result?: DynamicValue;
  readonly error?: { readonly text: string; readonly function_argument?: number };
}

/** As Terraform calls it. */
async function call(name: string, ...given: readonly Value[]) {
  const answer = (await functionCalls.CallFunction?.({ name, arguments: given.map(writeValue) })) as Answer;
  return answer.error ?? { value: readValue(answer.result) };
}

describe('functions of the provider', () => {
  it('say what they take, give and refuse', () => {
    for (const [name, { summary, description, parameters }] of Object.entries(FUNCTIONS)) {
      expect(name).toMatch(/^[a-z_]+$/);
      expect(description).toMatch(/Fails (for|if|where) /);
      expect([summary, ...parameters.map((each) => each.description)].filter((text) => text.length < 10)).toEqual([]);
    }
  });

  it('callback_urls gives back what an app of the type may have, once each', async () => {
    const urls = ['https://portal.acme.example/cb', 'http://localhost:8080/cb', 'https://portal.acme.example/cb'];
    expect(await call('callback_urls', urls, 'private')).toEqual({ value: urls.slice(0, 2) });
    expect(await call('callback_urls', ['com.acme.app:/oauth'], 'public')).toEqual({ value: ['com.acme.app:/oauth'] });
  });

  it.each([
    [['https://a.example/cb', 'http://b.example/cb'], 'private', 0, /"http:\/\/b.example\/cb": http sends/],
    [['com.acme.app:/oauth'], 'private', 0, /custom scheme/],
    [['https://*.acme.example/cb'], 'public', 0, /wildcard/],
    [[`https://a.example/${'x'.repeat(2_000)}`], 'private', 0, /2000 characters/],
    [['https://a.example/cb'], 'privat', 1, /Did you mean private\?/],
    [['https://a.example/cb'], 'constructor', 1, /no client type/],
  ])(
    'callback_urls refuses %j for a client that is %s, and points at the argument',
    async (urls, type, index, text) => {
      const answer = await call('callback_urls', urls, type);
      expect(answer).toEqual({ text: expect.stringMatching(text) as string, function_argument: index });
    },
  );

  it('parse_callback_url gives the parts', async () => {
    expect(await call('parse_callback_url', 'https://Portal.acme.example:8443/cb?x=1')).toEqual({
      value: { scheme: 'https', host: 'portal.acme.example', port: 8443, path: '/cb', is_loopback: false },
    });
    expect(await call('parse_callback_url', 'http://[::1]/cb')).toMatchObject({
      value: { host: '[::1]', port: null, is_loopback: true },
    });
    expect(await call('parse_callback_url', 'com.acme.app:/oauth')).toMatchObject({
      value: { scheme: 'com.acme.app', host: null, path: '/oauth' },
    });
    expect(await call('parse_callback_url', 'javascript:alert(1)')).toMatchObject({ function_argument: 0 });
  });

  it('scopes reads every spelling, and guesses what a wrong one meant', async () => {
    expect(await call('scopes', ['api', 'offline_access', 'RefreshToken', 'id'])).toEqual({
      value: ['Api', 'RefreshToken', 'Basic'],
    });
    expect(await call('scopes', ['Apii'])).toEqual({
      text: expect.stringContaining('Did you mean Api?') as string,
      function_argument: 0,
    });
    expect(await call('scopes', [])).toMatchObject({ function_argument: 0 });
  });

  it('parse_certificate reads what OpenSSL wrote, and never repeats a private key', async () => {
    const { cert, key } = await makeCertificate();
    expect(await call('parse_certificate', cert)).toEqual({
      value: {
        subject: expect.stringContaining('CN=') as string,
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        not_before: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        not_after: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        key_type: 'rsa',
        key_bits: 2048,
      },
    });
    const answer = await call('parse_certificate', key);
    expect(answer).toMatchObject({ function_argument: 0 });
    expect(JSON.stringify(answer)).not.toContain(key.slice(60, 100));
  });
});
