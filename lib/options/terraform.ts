import { readBoolean } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { EVERY_KIND, option, optional } from './option';
import { flag } from './shape';

// What Terraform may do. On the command line, people say so by flags.

/** Terraform refuses to delete the app. Undefined: it does. */
export const deletionProtection = option({
  name: 'deletionProtection',
  kinds: EVERY_KIND,
  shape: flag,
  read: (given, reading) => {
    const value = readBoolean(given, 'deletionProtection', reading);
    const problem = 'with engine null Terraform never deletes an app';
    const remedy = 'remove the option; client-apps apply --prune deletes what is no longer declared';
    if (value === false) refuseNull('deletionProtection', problem, remedy, reading);
    return optional('deletionProtection', value);
  },
  notRecalled: 'it is on by default',
});

/** An app that someone stopped in the org is switched on again (D12). */
export const reEnable = option({
  name: 'reEnable',
  kinds: EVERY_KIND,
  shape: flag,
  notOnConnectedApps: [{ because: 'metadata cannot stop it, so there is nothing to switch on again' }],
  read: (given, reading) => {
    const value = readBoolean(given, 'reEnable', reading);
    const problem = 'with engine null a stopped app is switched on by the command line, not by Terraform';
    const remedy = `remove the option, and run client-apps apply --re-enable ${reading.context.id}`;
    if (value === true) refuseNull('reEnable', problem, remedy, reading);
    return optional('reEnable', value);
  },
  notRecalled: 'an app that someone stopped stays stopped',
});

/** The author agreed that the app loses a certificate that is no longer declared (D5). */
export const allowCertificateRemoval = option({
  name: 'allowCertificateRemoval',
  kinds: EVERY_KIND,
  shape: flag,
  read: (given, reading) => {
    const value = readBoolean(given, 'allowCertificateRemoval', reading);
    const problem = 'with engine null a certificate is removed by the command line, not by Terraform';
    const remedy = `remove the option, and run client-apps apply --allow-certificate-removal ${reading.context.id}`;
    if (value === true) refuseNull('allowCertificateRemoval', problem, remedy, reading);
    return optional('allowCertificateRemoval', value);
  },
  notRecalled: 'an import takes no certificate away',
});

/** The author agreed that the login which applies the app may be refused by it afterward (D13). */
export const acceptLockout = option({
  name: 'acceptLockout',
  kinds: EVERY_KIND,
  shape: flag,
  read: (given, reading) => {
    const value = readBoolean(given, 'acceptLockout', reading);
    const problem = 'with engine null a lock-out is accepted on the command line, not by Terraform';
    const remedy = `remove the option, and run client-apps apply --accept-lockout ${reading.context.id}`;
    if (value === true) refuseNull('acceptLockout', problem, remedy, reading);
    return optional('acceptLockout', value);
  },
  notRecalled: 'an import cuts no login off',
});

function refuseNull(name: string, problem: string, remedy: string, reading: Reading): void {
  if ((reading.context.engine ?? 'null') === 'provider') return;
  reading.report('engine-cannot', name, { problem, allowed: 'engine provider', remedy });
}
