import type { SiteFacts } from '../../org/org';
import type { Diagnostic } from '../../values/diagnostic';
import { declaredScopes, isTouched, switchesOn } from './declared';
import type { AppGuard, AppGuardInput } from './guard';

/** What the Authorization Code and Credentials Flow and its headless variants need in the live org. */
export const guardCodeAndCredentials: AppGuard = (input) => {
  const flow = switchesOn(input.app, 'isCodeCredFlowEnabled');
  const native = switchesOn(input.app, 'isFirstPartyAppEnabled');
  if (!flow && !native) return [];
  return [...(flow ? orgSwitch(input) : []), ...site(input, native)];
};

function orgSwitch({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const { manifest, observed } = situation;
  const declared = manifest.settings.some(({ fields }) => fields['oAuthCdCrdtFlowEnable']?.value === true);
  if (declared) return [];
  const settings = observed.settings['OauthOidcSettings'];
  const at = { path: app.path, field: 'codeAndCredentials' };
  if (settings?.state !== 'present') {
    return [
      {
        ...at,
        code: 'org-switch-unreadable',
        severity: 'warning',
        problem: 'whether the org allows the Authorization Code and Credentials Flow could not be read',
        remedy: 'check Setup > OAuth and OpenID Connect Settings by hand',
      },
    ];
  }
  if (settings.component.fields['oAuthCdCrdtFlowEnable'] === true) return [];
  return [
    {
      ...at,
      code: 'org-switch-off',
      severity: 'error',
      problem: 'the app uses the Authorization Code and Credentials Flow, which this org blocks for every app',
      allowed: 'Setup > OAuth and OpenID Connect Settings > Allow Authorization Code and Credentials Flows: on',
      remedy:
        'declare oauthSettings({ allowCodeAndCredentialsFlow: true }) for the org, or have its owners switch it on',
    },
  ];
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
  const scopes = declaredScopes(app);
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
  const told = refused.map(({ what, field }): Diagnostic => ({
    code: 'site-does-not-allow',
    severity: 'warning',
    path: app.path,
    field,
    problem: `no live Experience Cloud site of the org allows headless ${what}`,
    value: live.map(({ name }) => name).join(', '),
    allowed: 'a live site with that headless API switched on',
    remedy: 'switch it on in the workspace of the site (Login & Registration), or leave it out here',
    source: 'Metadata API Developer Guide: NetworkAuthApiSettings',
  }));
  if (used.length === refused.length || !isTouched(input)) return told;
  return [...told, unchecked(input, 'reCAPTCHA, e-mail templates and whether the headless APIs ask for a login')];
}

const noSite = ({ app }: AppGuardInput): Diagnostic => ({
  code: 'no-live-site',
  severity: 'warning',
  path: app.path,
  field: 'codeAndCredentials',
  problem: 'headless login works at the address of an Experience Cloud site, and the org has no live one',
  allowed: 'a live Experience Cloud site whose members are the customers or partners that log in',
  remedy: 'publish the site; until then every login of the app fails',
  source: 'Salesforce Help: Headless Identity APIs, Authorization Code and Credentials Flow',
});

const unchecked = ({ app }: AppGuardInput, what: string): Diagnostic => ({
  code: 'headless-settings-unchecked',
  severity: 'note',
  path: app.path,
  field: 'codeAndCredentials',
  problem: `not checked, because they belong to the site and not to the app: ${what}`,
  remedy: 'check them in the workspace of the site (Login & Registration)',
  source: 'Metadata API Developer Guide: Network',
});
