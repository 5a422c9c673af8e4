import { callbackUrlListProblem, callbackUrlProblem } from '../../lib/values/callback-url';

describe('a callback URL', () => {
  it.each([
    'https://portal.example.com/oauth/callback',
    'https://portal.example.com:8443/cb?tenant=1',
    'http://localhost:1717/OauthRedirect',
    'http://127.0.0.1/cb',
    'http://[::1]:8080/cb',
  ])('%s is accepted for a server', (url) => {
    expect(callbackUrlProblem(url, 'server')).toBeUndefined();
  });

  it.each(['fieldapp://oauth', 'com.example.app:/oauth/callback'])('%s is accepted for a device only', (url) => {
    expect(callbackUrlProblem(url, 'device')).toBeUndefined();
    expect(callbackUrlProblem(url, 'server')?.problem).toMatch(/custom scheme/);
  });

  it.each([
    ['http://portal.example.com/cb', /not loopback/],
    ['http://localhost.evil.example/cb', /not loopback/],
    ['http://127.0.0.1.evil.example/cb', /not loopback/],
    ['http://[::2]/cb', /not loopback/],
    ['javascript:alert(1)', /executes or reads/],
    ['data:text/html,x', /executes or reads/],
    ['FILE:///etc/passwd', /executes or reads/],
    ['wss://portal.example.com', /cannot receive/],
    ['https://portal.example.com/cb#token', /fragment/],
    ['https://*.example.com/cb', /wildcard/],
    ['https://user:pw@portal.example.com/cb', /user name or password/],
    ['https://portal.example.com\\@evil.example/cb', /backslash/],
    ['https:portal.example.com/cb', /does not continue/],
    ['/relative/path', /not an absolute URL/],
    ['', /empty/],
    ['https://a.example/cb\nhttps://b.example/cb', /white space/],
    ['https://exämple.com/cb', /non-ASCII/],
  ])('%j is refused', (url, message) => {
    expect(callbackUrlProblem(url, 'device')?.problem).toMatch(message);
  });

  it('shares 2,000 characters with all others, line breaks included', () => {
    const url = `https://a.example/${'x'.repeat(982)}`;
    expect(url).toHaveLength(1000);
    expect(callbackUrlListProblem([url, url.slice(1)])).toBeUndefined();
    expect(callbackUrlListProblem([url, url])?.problem).toMatch(/2001 characters/);
  });
});
