import { appControl } from '../define';
import { TWO_RATINGS, WHY_TWO_RATINGS } from '../severity';
import { rotation } from '../themes/rotation';

export const control = appControl({
  ...rotation,
  id: 'SFCA-CA-ROTATION',
  title: 'Refresh tokens are rotated',
  finding: 'Refresh tokens are not rotated',
  salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Enable Refresh Token Rotation',
  appliesTo: ['connected-app'],
  recommended: 'Replace the refresh token each time it is used.',
  cvss: TWO_RATINGS,
  contradiction: WHY_TWO_RATINGS,
  remedy: {
    code: 'declare the app (platform: Platform.CONNECTED_APP): rotation is on by default',
    setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Enable Refresh Token Rotation: on',
  },
  source: 'Salesforce Help, Security Health Review: API: Enable Refresh Token Rotation',
  exemptable: true,
});
