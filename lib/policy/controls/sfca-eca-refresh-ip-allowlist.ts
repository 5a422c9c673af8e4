import { isNarrow } from '../../values/ip-range';
import { appControl, fail, lowRisk, notApplicable, notEvaluated, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-ECA-REFRESH-IP-ALLOWLIST',
  title: 'Refresh tokens of a server are used only from a few addresses',
  finding: 'The refresh token IP allowlist restricts nothing',
  appliesTo: ['external-client-app'],
  kinds: ['private'],
  recommended: 'List the addresses of the server from which tokens are refreshed, and no wide ranges.',
  risk: 'A stolen refresh token works from anywhere, even from places where the server has never been.',
  threat: 'Refresh tokens are copied from the database of a vendor and used from a rented server abroad.',
  cvss: band('medium', 'ours'),
  contradiction:
    'The allowlist is part of Metadata API 67 and newer, and Salesforce documents neither its record nor its deploy. So an ' +
    'app without one is low risk, and one that lists everything, which looks like protection, is a violation.',
  remedy: {
    code: 'set experimental: { securitySettings: { tokenIpRanges: […] } } with the addresses of the server',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Refresh Token IP Allowlist',
  },
  source: 'Salesforce Help: Refresh Token IP Allowlist',
  considerations: {
    risk: 'The list stops tokens that were stolen from a vendor and are used elsewhere. Only the web server and refresh flows honor it.',
    business:
      'Refresh requests from an address that is not listed are refused. A server without fixed outgoing addresses cannot use it; the list holds 256 addresses in all. A migrated Connected App has to get the list again.',
  },
  exemptable: true,
  reads: ['scopes', 'refreshIpRanges'],
  // Without refresh tokens there is nothing to restrict, whatever the list says.
  optional: ['refreshIpRanges'],
  judge: ({ scopes = [], refreshIpRanges: ranges = [] }, { app }) => {
    if (!scopes.includes('RefreshToken'))
      return notApplicable('Without the scope RefreshToken, the app gets no refresh tokens.');
    const { refreshIpRanges: list } = app.fields;
    if (list.state === 'unreadable') return notEvaluated(list.reason);
    if (ranges.length === 0) return lowRisk('There is no allowlist: refresh tokens are accepted from every address.');
    const wide = ranges.filter(({ start, end }) => !isNarrow(start, end));
    const shown = wide.map(({ start, end }) => `${start} - ${end}`);
    return wide.length > 0
      ? fail(`The allowlist contains so many addresses that it restricts nothing: ${shown.join(', ')}.`, {
          offenders: shown,
        })
      : pass(
          `Refresh tokens are accepted from ${ranges.length} listed ${ranges.length === 1 ? 'range' : 'ranges'} only.`,
        );
  },
});
