import { complaints, type DocumentKind, readDocument } from '../../metadata/json-document';
import { repeatedApps } from '../../policy/audit-config';
import type { Diagnostic } from '../../values/diagnostic';
import { fail, ok, type Result } from '../../values/result';
import { type Config, configSchema } from './config-schema';

/** Version of the shape of configuration files. */
const CONFIG_VERSION = '1.3';

const KIND: DocumentKind<Config> = {
  what: 'a configuration of client-apps',
  code: 'configuration-unusable',
  version: CONFIG_VERSION,
  schema: configSchema,
  byHand: true,
};

/** Reads a configuration completely or not at all. @param path What to call the file in messages. */
export function readConfig(text: string, path: string): Result<Config, readonly Diagnostic[]> {
  const read = readDocument(text, path, KIND);
  if (!read.ok) return fail(read.error.map(withoutAddress));
  const problems = repeatedApps(read.value, complaints(KIND, path));
  return problems.length > 0 ? fail(problems) : ok(read.value);
}

/** The address of a webhook lets anyone write to it: who puts it here by mistake finds it in no log as well. */
function withoutAddress({ value, ...problem }: Diagnostic): Diagnostic {
  if (problem.field !== 'webhook') return { ...problem, ...(value !== undefined && { value }) };
  return {
    ...problem,
    remedy: 'name the format; the address belongs in CLIENT_APPS_WEBHOOK_URL, and a committed one has to be replaced',
  };
}
