import { appControl } from '../define';
import { band } from '../severity';
import { rotation } from '../themes/rotation';

export const control = appControl({
  ...rotation,
  id: 'SFCA-ECA-ROTATION',
  title: 'Refresh tokens are rotated',
  finding: 'Refresh tokens are not rotated',
  salesforceControl: 'External Client Apps: Security: Enable Refresh Token Rotation',
  appliesTo: ['external-client-app'],
  recommended: 'Replace the refresh token each time it is used.',
  cvss: band('high', 'salesforce'),
  remedy: {
    code: 'remove the option refreshTokenRotation: rotation is on by default',
    setup:
      'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Security > Enable Refresh Token Rotation: on',
  },
  source: 'Salesforce Help, Security Health Review: Security: Enable Refresh Token Rotation',
  exemptable: true,
});
