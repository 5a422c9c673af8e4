import { Wire } from '../../lib/proof/wire';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('what goes over the wire', () => {
  it('is taken down once, with what the client knows and what the org gave out marked by what it is', () => {
    const wire = new Wire();
    wire.know('pw', 'password');
    wire.know('3MVG9EMULATORkey', 'consumer key');
    const body = JSON.stringify({
      user_code: '2EDW98PY',
      access_token: '00DX!AQEMULATOR.secretsecret',
      refresh_token: '5Aep861EMULATOR.first',
    });
    const fields: [string, string][] = [
      ['client_id', '3MVG9EMULATORkey'],
      ['username', 'ann@acme.example'],
    ];
    wire.record(
      { method: 'POST', path: '/token', headers: { authorization: basic('ann:pw') }, fields },
      200,
      null,
      body,
    );
    const again: [string, string][] = [['refresh_token', '5Aep861EMULATOR.first']];
    wire.record({ method: 'POST', path: '/token', headers: {}, fields: again }, 400, null, '{"error":"invalid_grant"}');
    expect(wire.take()).toEqual([
      {
        request: 'POST /token',
        sent: ['authorization: Basic ann:<password>', 'client_id=<consumer key>', 'username=ann@acme.example'],
        answer:
          '200 {"user_code":"<user_code 1>","access_token":"<access_token 1>","refresh_token":"<refresh_token 1>"}',
      },
      { request: 'POST /token', sent: ['refresh_token=<refresh_token 1>'], answer: '400 {"error":"invalid_grant"}' },
    ]);
    expect(wire.take()).toEqual([]);
  });

  it('shows of a redirect the address without its code, of a page what it says, of an assertion its claims', () => {
    const wire = new Wire();
    const send = (location: string | null, body: string, fields: [string, string][] = []): string => {
      wire.record({ method: 'POST', path: '/authorize', headers: {}, fields }, 302, location, body);
      const [exchange] = wire.take();
      return [...(exchange?.sent ?? []), exchange?.answer].join(' ');
    };
    expect(send('https://a.example/cb?code=aPrxEMULATORcode%3D&state=x', '')).toBe(
      '302 to https://a.example/cb?code=<code 1>&state=x',
    );
    const page = '<!doctype html>\n<h1>OAuth Error</h1><p>error=invalid_client&amp;error_description=blocked</p>';
    expect(send(null, page)).toBe('302 page: OAuth Error: error=invalid_client&amp;error_description=blocked');
    const claims = Buffer.from('{"iss":"3MVG9EMULATORother"}').toString('base64url');
    expect(send(null, '{}', [['assertion', `eyJhbGciOiJSUzI1NiJ9.${claims}.c2ln`]])).toBe(
      'assertion=<JWT of {"iss":"<secret>"}> 302 {}',
    );
  });

  it('shows nothing that looks like a token of the org, learned or not', () => {
    const wire = new Wire();
    const body = '{"note":"00D1!AQEMULATOR.abc and eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"}';
    wire.record(
      { method: 'GET', path: '/x', headers: { authorization: 'Bearer 00D1!AQEMULATOR.abc' }, fields: [] },
      200,
      null,
      body,
    );
    expect(wire.take()).toEqual([
      { request: 'GET /x', sent: ['authorization: Bearer <secret>'], answer: '200 {"note":"<secret> and <token>"}' },
    ]);
  });
});
