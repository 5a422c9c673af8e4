import type { ApexHandlerPolicy, FirstPartyAppPolicy, PluginName, StartPagePolicy } from '../client-app';
import { Plugin } from '../options/plugin';
import { StartPage } from '../options/start-page';
import type { Reading } from '../reading';
import { readApexClass } from './apex-class';
import { readCertificate } from './machine';
import { readUsername } from './usernames';
import { readBoolean, readHttpsUrl, readRecord } from './values';

/** Plugins to switch off, sorted, each once. */
export function readDisabledPlugins(value: unknown, reading: Reading): readonly PluginName[] | undefined {
  if (value === undefined) return undefined;
  const allowed = 'a list of plugins such as [Plugin.SAML]';
  if (!Array.isArray(value)) {
    reading.wrongType('disabledPlugins', value, allowed);
    return undefined;
  }
  const names = [...(value as readonly unknown[])].flatMap((element, index) => {
    if (Plugin.is(element)) return [element.plugin];
    reading.wrongType(`disabledPlugins[${index}]`, element, 'a Plugin such as Plugin.SAML');
    return [];
  });
  return names.length === 0 ? undefined : [...new Set(names)].sort();
}

export function readApexHandler(value: unknown, reading: Reading): ApexHandlerPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'apexHandler', ['className', 'executeAs'], reading);
  if (!record) return undefined;
  const allowed = 'the name of an Apex class of the org';
  const className = readApexClass(record['className'], 'apexHandler.className', allowed, reading);
  return { className, executeAs: readUsername(record['executeAs'], 'apexHandler.executeAs', reading) };
}

export function readStartPage(value: unknown, reading: Reading): StartPagePolicy | undefined {
  if (value === undefined) return undefined;
  if (!StartPage.is(value)) {
    reading.wrongType('startPage', value, 'StartPage.NONE, StartPage.SAML or StartPage.custom(…)');
    return undefined;
  }
  if (value.page !== 'Custom') return { page: value.page };
  if (value.url === undefined) reading.missing('startPage', "StartPage.custom('https://…')");
  return { page: 'Custom', url: readHttpsUrl(value.url, 'startPage', reading) ?? '' };
}

export function readFirstPartyApp(value: unknown, reading: Reading): FirstPartyAppPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'firstPartyApp', ['enabled', 'clientAssertionCertificate'], reading);
  if (!record) return undefined;
  if (record['enabled'] === undefined) reading.missing('firstPartyApp.enabled', 'true or false');
  const enabled = readBoolean(record['enabled'], 'firstPartyApp.enabled', reading);
  const field = 'firstPartyApp.clientAssertionCertificate';
  const given = record['clientAssertionCertificate'];
  const certificate = readCertificate(given, reading, field);
  if (enabled !== true) {
    if (given === undefined) return { enabled: false };
    reading.report('superfluous-option', field, {
      problem: 'there is a certificate although native login is off',
      allowed: 'no certificate here',
      remedy: 'remove it, or set enabled to true',
    });
    return { enabled: false };
  }
  if (given === undefined) reading.missing(field, 'the certificate whose key signs the client attestation of the app');
  return certificate ? { enabled, clientAssertionCertificate: certificate } : { enabled: false };
}

/** A switch that only tightens: true, or left to the org. */
export function readTrue(value: unknown, field: string, reading: Reading): true | undefined {
  const stated = readBoolean(value, field, reading);
  if (stated !== false) return stated;
  const problem = { problem: 'the option can only tighten', allowed: 'true', remedy: 'remove it' };
  reading.report('wrong-value', field, problem, { given: value });
  return undefined;
}
