import { declaredText } from '../../metadata/declared-setting';
import { SETTINGS } from '../../options/settings';
import { diagnose } from '../../values/diagnose';
import type { AppGuard } from './guard';

const SAML = `${SETTINGS.samlSigning.eca.type}:`;

/** A start page of the SAML plugin needs that plugin, which is set up in Setup and only read here. */
export const guardStartPage: AppGuard = ({ app, live }) => {
  if (declaredText(app, 'startPage') !== 'SAML') return [];
  if (live?.otherComponents.some((component) => component.startsWith(SAML))) return [];
  return [diagnose('start-page-without-saml', { path: app.path, field: 'startPage' })];
};
