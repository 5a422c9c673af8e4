import type { Handlers } from '../wire/server';
import { type DynamicValue, readValue, writeValue } from '../wire/value';
import { callbackUrls, parseCallbackUrl } from './callback-urls';
import { parseCertificate } from './certificate';
import type { FunctionType, ProviderFunction } from './function';
import { scopes } from './scopes';

/** Functions by name, as `provider::salesforce::NAME`. */
export const FUNCTIONS: Readonly<Record<string, ProviderFunction>> = {
  callback_urls: callbackUrls,
  parse_callback_url: parseCallbackUrl,
  parse_certificate: parseCertificate,
  scopes,
};

const typeBytes = (type: FunctionType): Buffer => Buffer.from(JSON.stringify(type));

/** All of them as the protocol's messages. Null and unknown arguments stay with Terraform, which knows what they mean. */
export const FUNCTION_MESSAGES = Object.fromEntries(
  Object.entries(FUNCTIONS).map(([name, { parameters, returns, summary, description }]) => [
    name,
    {
      parameters: parameters.map((parameter) => ({ ...parameter, type: typeBytes(parameter.type) })),
      return: { type: typeBytes(returns) },
      summary,
      description,
    },
  ]),
);

/** The calls of Terraform that are about functions; they come to a provider that is not configured, too. */
export const functionCalls: Handlers = {
  GetFunctions: () => ({ functions: FUNCTION_MESSAGES }),
  CallFunction: (request) => {
    const name = String(request['name']);
    const found = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!found) return { error: { text: `There is no function ${name}` } };
    const given = (request['arguments'] ?? []) as readonly DynamicValue[];
    const result = found.call(given.map(readValue));
    if (result.ok) return { result: writeValue(result.value) };
    const { text, argument } = result.error;
    return { error: { text, function_argument: argument } };
  },
};
