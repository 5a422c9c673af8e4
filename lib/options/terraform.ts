import { readBoolean } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import {
  type Consent,
  CONSENTS,
  flagOf,
  type InProgram,
  inProgram,
  OPTION_CONSENTS,
  type OptionConsent,
} from './consents';
import { EVERY_KIND, type Option, option, optional } from './option';
import { flag } from './shape';

// What Terraform may do. On the command line, people say so by flags.

/** Terraform refuses to delete the app. Undefined: it does. */
export const deletionProtection = option({
  name: 'deletionProtection',
  kinds: EVERY_KIND,
  shape: flag,
  read: (given, reading) => {
    const value = readBoolean(given, 'deletionProtection', reading);
    const problem = 'with the null engine, Terraform never deletes an app';
    const remedy = 'remove the option; client-apps apply --prune deletes what is no longer declared';
    if (value === false) refuseNull('deletionProtection', problem, remedy, reading);
    return optional('deletionProtection', value);
  },
  notRecalled: 'it is on by default',
});

type ConsentOption<N extends OptionConsent = OptionConsent> = N extends unknown
  ? Option<InProgram<N>, { readonly [K in InProgram<N>]?: boolean }>
  : never;

/** What an author agrees to for one app: the consents that are no flags under Terraform (D5, D12, D13). */
export const CONSENT_OPTIONS = consentOptions();

function consentOptions(): readonly ConsentOption[] {
  return OPTION_CONSENTS.map(consentOption);
}

function consentOption(consent: OptionConsent): ConsentOption {
  const {
    act,
    notOnConnectedApps: lack,
    notRecalled,
  }: NonNullable<Consent['inTerraform']> = CONSENTS[consent].inTerraform;
  const name = inProgram(consent);
  return option({
    name,
    kinds: EVERY_KIND,
    shape: flag,
    ...(lack !== undefined && { notOnConnectedApps: [{ because: lack }] }),
    read: (given, reading) => {
      const value = readBoolean(given, name, reading);
      const problem = `with the null engine, ${act} by the command line, not by Terraform`;
      const remedy = `remove the option, and run client-apps apply ${flagOf(consent)} ${reading.context.id}`;
      if (value === true) refuseNull(name, problem, remedy, reading);
      return optional(name, value);
    },
    notRecalled,
  });
}

function refuseNull(name: string, problem: string, remedy: string, reading: Reading): void {
  if ((reading.context.engine ?? 'null') === 'provider') return;
  reading.report('engine-cannot', name, { problem, allowed: 'engine provider', remedy });
}
