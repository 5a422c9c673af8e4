import { declaredText } from './declared';
import type { AppGuard } from './guard';

const SAML = 'ExtlClntAppSamlConfigurablePolicies:';

/** A start page of the SAML plugin needs that plugin, which is set up in Setup and only read here. */
export const guardStartPage: AppGuard = ({ app, live }) => {
  if (declaredText(app, 'startPage') !== 'SAML') return [];
  if (live?.otherComponents.some((component) => component.startsWith(SAML))) return [];
  return [
    {
      code: 'start-page-without-saml',
      severity: 'warning',
      path: app.path,
      field: 'startPage',
      problem: 'the start page is the one of the SAML plugin, and the app has no SAML plugin in this org',
      allowed: 'StartPage.SAML for an app with single sign-on by SAML',
      remedy: 'set SAML up for the app in Setup, or choose StartPage.NONE or StartPage.custom(…)',
    },
  ];
};
