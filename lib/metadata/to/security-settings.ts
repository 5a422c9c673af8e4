import type { ClientApp } from '../../declaration/client-app';
import { put, type Fields } from './owned';

/** Undocumented settings. Undefined: the author states none, and the record in the org is never written. */
export function securitySettingsFields({ securitySettings: stated }: ClientApp): Fields | undefined {
  if (!stated) return undefined;
  const fields: Fields = {};
  put(
    fields,
    'tokenIpRanges',
    stated.tokenIpRanges?.map(({ start, end, description }) => ({
      startIpAddress: start,
      endIpAddress: end,
      ...(description !== undefined && { description }),
    })),
  );
  put(fields, 'tlsClientAuthCertParamType', stated.tlsClientAuth?.type);
  put(fields, 'tlsClientAuthCertParamValue', stated.tlsClientAuth?.value);
  return fields;
}
