import type { SettingName } from '../../../lib/options/settings';
import { SETTINGS } from '../../../lib/options/settings';
import { guardApexHandler } from '../../../lib/plan/guards/apex-classes';
import { guardConnectedApp } from '../../../lib/plan/guards/connected-app';
import { guardFlows } from '../../../lib/plan/guards/flows';
import { guardOauthRecords } from '../../../lib/plan/guards/oauth-records';
import { guardSameName } from '../../../lib/plan/guards/same-name';
import { guardSecuritySettings } from '../../../lib/plan/guards/security-settings';
import { guardSigningCertificate } from '../../../lib/plan/guards/signing-certificate';
import { guardUnknownValues } from '../../../lib/plan/guards/unknown-values';
import { type Case, describeGuard } from './describe-guard';

const says = (name: SettingName, value: string | readonly string[]): Pick<Case, 'declares'> => {
  const place = SETTINGS[name];
  const { type, field } = 'eca' in place ? place.eca : { type: '', field: '' };
  return { declares: { [type]: { [field]: value } } };
};

const excused = (expires: string): Case => ({
  app: { exceptions: [{ option: 'pkce', reason: 'r', approved_by: 'a', expires }] },
});

describeGuard('justifications', guardFlows, {
  'lets one stand through its last day': [excused('2026-11-28'), []],
  'refuses one that ended since synth': [excused('2026-11-27'), ['justification-expired']],
  'refuses one that no synth of this day would have let pass': [excused('2027-11-29'), ['justification-too-long']],
});

const CLASS = says('apexHandler', 'Plugin');
const classes = (facts: { isActive: boolean; isValid: boolean } | undefined): Case => ({
  ...CLASS,
  facts: { apexClasses: new Map(facts ? [['plugin', { name: 'Plugin', ...facts }]] : []) },
});

describeGuard('the Apex class of logins', guardApexHandler, {
  'asks for none where the app names none': [{}, []],
  'takes one that is active and compiled': [classes({ isActive: true, isValid: true }), []],
  'refuses one that does not exist': [classes(undefined), ['apex-class-missing']],
  'warns of one that is marked for deletion': [
    classes({ isActive: false, isValid: true }),
    ['warning apex-class-deleted'],
  ],
  'warns of one that changed, where the app is written': [
    { ...classes({ isActive: true, isValid: false }), changes: { x: 'none' } },
    ['warning apex-class-invalid'],
  ],
  'does not warn of it otherwise': [classes({ isActive: true, isValid: false }), []],
});

const SIGNS = says('assetTokenCertificate', 'Signing');
const signed = (expires: string): Case => ({
  ...SIGNS,
  facts: { certificates: [{ id: '0P1000000000001AAA', name: 'signing', expires }] },
});

describeGuard('the certificate that signs', guardSigningCertificate, {
  'asks for none where the app names none': [{}, []],
  'takes one of that name, in any case': [signed('2027-11-28'), []],
  'refuses one that the org does not have': [
    { ...SIGNS, facts: { certificates: [] } },
    ['signing-certificate-missing'],
  ],
  'refuses one that ended': [signed('2026-11-27'), ['signing-certificate-expired']],
  'warns of one that ends soon': [signed('2026-12-05'), ['warning signing-certificate-expires-soon']],
});

const BESIDE = { platform: 'connected-app', apiName: 'Portal', condition: 'present' } as const;
const twin = { connectedApps: new Map([['Portal', { ...BESIDE, components: {}, otherComponents: [] }]]) };

describeGuard('two apps of one name', guardSameName, {
  'has nothing to say of one app': [{}, []],
  'says that a Connected App stands beside': [{ observed: twin }, ['note connected-app-beside']],
  'refuses to make an External Client App out of a Connected App': [
    { live: { platform: 'connected-app' }, observed: twin },
    ['connected-app-of-same-name'],
  ],
  'says of a new app that Connected Apps were not read': [
    { live: 'none', observed: { connectedAppsUnread: 'no access' } },
    ['warning connected-apps-unread'],
  ],
});

const LEGACY: Case = { app: { platform: 'connected-app' }, live: 'none' };

describeGuard('Connected Apps', guardConnectedApp, {
  'leaves External Client Apps alone': [{ live: 'none' }, []],
  'refuses a new one, which no one makes any more': [LEGACY, ['connected-app-creation-closed']],
  'lets one be made where Salesforce allowed it': [
    { ...LEGACY, app: { platform: 'connected-app', creation_allowed_by_support: true } },
    [],
  ],
  'refuses a new one where it is not known whether there is one': [
    { ...LEGACY, observed: { connectedAppsUnread: 'no access' } },
    ['connected-apps-unread'],
  ],
  'refuses one that is there without OAuth': [
    { app: { platform: 'connected-app' }, live: { platform: 'connected-app' } },
    ['connected-app-without-oauth'],
  ],
});

describeGuard('custom scopes', guardOauthRecords, {
  'asks for none where the app names none': [{}, []],
  'refuses one that neither the org nor the code has': [
    { ...says('customScopes', ['orders']), observed: { oauthRecords: { OauthCustomScope: { byName: new Map() } } } },
    ['custom-scope-missing'],
  ],
  'says that none was read': [says('customScopes', ['orders']), ['warning custom-scopes-unread']],
});

const UNKNOWN = { type: 'ExternalClientApplication', name: 'Portal', fields: {}, preserved: [], late: ['label'] };

describeGuard('values of other resources', guardUnknownValues, {
  'lets an app without any be written': [{ changes: { x: 'none' } }, []],
  'leaves them to Terraform': [
    { app: { components: [UNKNOWN] }, changes: { x: 'none' } },
    ['value-known-to-terraform'],
  ],
  'says nothing where nothing is written': [{ app: { components: [UNKNOWN] } }, []],
});

const SECURITY = 'ExtlClntAppOauthSecuritySettings';

describeGuard('the undocumented security settings', guardSecuritySettings, {
  'says nothing where none is declared': [{}, []],
  'refuses to write over what could not be read': [
    {
      declares: { [SECURITY]: {} },
      live: { components: { [SECURITY]: { state: 'unreadable', reason: 'no access' } } },
    },
    ['security-settings-unreadable'],
  ],
});
