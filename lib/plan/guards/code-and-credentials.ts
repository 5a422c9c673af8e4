import { declaredList, switchesOn } from '../../metadata/declared-setting';
import type { SiteFacts } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { switchAfter } from '../org-switch';
import { isTouched } from './declared';
import type { AppGuard, AppGuardInput } from './guard';

/** What the Authorization Code and Credentials Flow and its headless variants need in the live org. */
export const guardCodeAndCredentials: AppGuard = (input) => {
  const flow = switchesOn(input.app, 'codeAndCredentials');
  const native = switchesOn(input.app, 'firstPartyApp');
  if (!flow && !native) return [];
  return [...(flow ? orgSwitch(input) : []), ...site(input, native)];
};

function orgSwitch({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const allowed = switchAfter(situation, 'oAuthCdCrdtFlowEnable');
  if (allowed === true) return [];
  const at = { path: app.path, field: 'codeAndCredentials' };
  return [diagnose(allowed === undefined ? 'org-switch-unreadable' : 'org-switch-off', at)];
}

/** Variants of headless login that a site has to allow as well; registration does not exist for these apps. */
const VARIANTS: readonly {
  readonly scope: string;
  readonly what: string;
  readonly allowed: (site: SiteFacts) => boolean;
}[] = [
  { scope: 'ForgotPassword', what: 'forgot-password', allowed: (each) => each.allowsForgotPassword },
  { scope: 'PwdlessLogin', what: 'passwordless login', allowed: (each) => each.allowsPasswordlessLogin },
];

function site(input: AppGuardInput, native: boolean): readonly Diagnostic[] {
  const { app, situation } = input;
  const { sites } = situation.facts;
  if (!sites) return isTouched(input) ? [unchecked(input, 'the Experience Cloud sites of the org')] : [];
  const live = sites.filter(({ isLive }) => isLive);
  if (live.length === 0) return [noSite(input)];
  const scopes = declaredList(app, 'scopes') ?? [];
  const used = VARIANTS.filter(({ scope }) => scopes.includes(scope)).map(({ what, allowed, scope }) => ({
    what,
    allowed,
    field: `scopes: ${scope}`,
  }));
  if (native) {
    used.push({
      what: 'login of first-party apps',
      allowed: (each) => each.allowsFirstPartyApps,
      field: 'firstPartyApp',
    });
  }
  const refused = used.filter(({ allowed }) => !live.some(allowed));
  const found = refused.map(({ what, field }): Diagnostic =>
    diagnose(
      'site-does-not-allow',
      {
        path: app.path,
        field,
        value: live.map(({ name }) => name).join(', '),
        source: 'Metadata API Developer Guide: NetworkAuthApiSettings',
      },
      { what },
    ),
  );
  if (used.length === refused.length || !isTouched(input)) return found;
  return [...found, unchecked(input, 'reCAPTCHA, email templates, and whether the headless APIs require a login')];
}

const noSite = ({ app }: AppGuardInput): Diagnostic =>
  diagnose('no-live-site', {
    path: app.path,
    field: 'codeAndCredentials',
    source: 'Salesforce Help: Headless Identity APIs, Authorization Code and Credentials Flow',
  });

const unchecked = ({ app }: AppGuardInput, what: string): Diagnostic =>
  diagnose(
    'headless-settings-unchecked',
    { path: app.path, field: 'codeAndCredentials', source: 'Metadata API Developer Guide: Network' },
    { what },
  );
