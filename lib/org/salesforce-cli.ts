import { z } from 'zod';

import { originOf } from './login-url';
import { OrgError } from './org-error';
import { redactor } from './redact';
import type { RunProcess } from './run-process';
import { type AccessToken, parseJson } from './token';

const Displayed = z.object({
  result: z.object({
    accessToken: z.string().optional(),
    instanceUrl: z.string(),
    clientId: z.string().optional(),
  }),
});
const Shown = z.object({ result: z.union([z.string(), z.object({ accessToken: z.string() })]) });
const Failed = z.object({ name: z.string().optional(), message: z.string() });

/** The session that the Salesforce CLI keeps for an alias or username; the CLI renews it where it can. */
export async function tokenFromSalesforceCli(
  alias: string,
  run: RunProcess,
  signal?: AbortSignal,
): Promise<AccessToken & { readonly clientId?: string }> {
  if (alias.startsWith('-')) {
    throw new OrgError('login', 'SF_TARGET_ORG starts with a dash, so it is not an alias', 'correct SF_TARGET_ORG');
  }
  const displayed = await ask(Displayed, ['org', 'display', '--target-org', alias, '--json'], { alias, run, signal });
  const { accessToken, instanceUrl, clientId } = displayed.result;
  const instance = originOf(instanceUrl);
  if ('problem' in instance) {
    const message = `The Salesforce CLI names an instance URL for ${alias} that cannot be used: ${instance.problem}`;
    throw new OrgError('login', message, 'log in again with: sf org login');
  }
  // Since mid-2026 `org display` shows a sentence in place of the token, and another command tells it.
  const token = isToken(accessToken) ? accessToken : await shownToken(alias, run, signal);
  return { accessToken: token, instanceUrl: instance.origin, ...(clientId === undefined ? {} : { clientId }) };
}

const isToken = (text: string | undefined): text is string => text !== undefined && /^[\x21-\x7e]{15,}$/.test(text);

async function shownToken(alias: string, run: RunProcess, signal: AbortSignal | undefined): Promise<string> {
  const args = ['org', 'auth', 'show-access-token', '--target-org', alias, '--json'];
  const { result } = await ask(Shown, args, { alias, run, signal });
  const token = typeof result === 'string' ? result : result.accessToken;
  if (isToken(token)) return token;
  throw new OrgError(
    'login',
    `The Salesforce CLI hides the access token of ${alias}`,
    'update the CLI (npm install --global @salesforce/cli), or set SF_ACCESS_TOKEN and SF_INSTANCE_URL',
  );
}

async function ask<T>(
  shape: z.ZodType<T>,
  args: readonly string[],
  context: { readonly alias: string; readonly run: RunProcess; readonly signal: AbortSignal | undefined },
): Promise<T> {
  const { alias, run, signal } = context;
  const command = `sf ${args.slice(0, args.indexOf('--target-org')).join(' ')}`;
  const { exitCode, stdout } = await run('sf', args, { signal });
  if (signal?.aborted) throw new OrgError('aborted', `Stopped while waiting for ${command}`, 'run the command again');
  if (exitCode === undefined) {
    throw new OrgError(
      'login',
      `SF_TARGET_ORG is set, but the Salesforce CLI (sf) could not be run`,
      'install @salesforce/cli, or set SF_ACCESS_TOKEN and SF_INSTANCE_URL, or the variables of JWT bearer',
    );
  }
  const json = parseJson(stdout);
  const answer = shape.safeParse(json);
  if (exitCode === 0 && answer.success) return answer.data;
  const failed = Failed.safeParse(json);
  const reason = failed.success ? redactor([])(failed.data.message.slice(0, 500)) : `exit code ${exitCode}`;
  throw new OrgError(
    'login',
    `${command} failed for ${alias}: ${reason}`,
    `log in with: sf org login web --alias ${alias}`,
    failed.success ? { errorCode: failed.data.name } : {},
  );
}
