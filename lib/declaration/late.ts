import { isTerraformToken } from '../values/text';
import type { Reading } from './reading';

/**
 * Options that may have a value which only Terraform knows: a token of another resource. Everything else decides at synth
 * whether the app is secure, or how it is called.
 */
const LATE_OPTIONS =
  /^(label|description|contactEmail|contactPhone|infoUrl|logoUrl|iconUrl|startUrl|startPage\.url|singleLogoutUrl|callbackUrls(\[\d+\])?|permittedUsers\.(permissionSets|profiles)(\[\d+\])?|clientCredentials\.runAs)$/;

export const LATE_OPTION_NAMES =
  'label, description, contactEmail, contactPhone, callbackUrls, the URLs of icon, logo, info, start page and logout, ' +
  'permittedUsers.permissionSets, permittedUsers.profiles, clientCredentials.runAs';

/** `known`: the value can be judged now. `late`: only Terraform knows it, and that is fine. `refused`: it was reported. */
export type Lateness = 'known' | 'late' | 'refused';

/** Tells whether a value is known at synth, and reports one that is not and has to be. */
export function latenessOf(value: unknown, field: string, reading: Reading): Lateness {
  if (!isTerraformToken(value)) return 'known';
  const { engine = 'null' } = reading.context;
  const possible = LATE_OPTIONS.test(field);
  if (possible && engine === 'provider') return 'late';
  reading.report('terraform-token', field, {
    problem: 'the value is known only to Terraform',
    allowed: possible
      ? 'a value known at synth, with engine null; engine provider takes it here'
      : `a value known at synth; with engine provider these options take others: ${LATE_OPTION_NAMES}`,
    remedy: possible ? 'give the value itself, or use Engine.PROVIDER' : 'give the value itself',
  });
  return 'refused';
}
