import { proxySettings } from '../org/proxy';
import { exchange, TransportError } from '../org/transport';
import { type DriftMessage, jsonMessage, slackMessage, teamsMessage } from '../reports/drift/message';
import { isLoopback } from '../values/callback-url';
import { diagnose } from '../values/diagnose';
import { nearest } from '../values/nearest';
import { SETTINGS, type Webhook, WEBHOOKS } from './config/settings';
import { invalidInput } from './files';
import { type DriftFlags, isLocal } from './flags';
import type { Io } from './io';
import { report } from './report-error';

/** Anyone who has the address can write to the channel, so that it is a secret: never an argument, never in a file. */
const WEBHOOK_ADDRESS = 'CLIENT_APPS_WEBHOOK_URL';

/** The longest silence; the whole exchange ends after five times as long. */
const SILENCE_MS = 5_000;

/** Sends a message, and says on standard error what became of it. */
export type Notify = (message: Omit<DriftMessage, 'run'>, signal: AbortSignal) => Promise<void>;

const RENDERERS: Readonly<Record<Webhook, (message: DriftMessage) => object>> = {
  slack: slackMessage,
  teams: teamsMessage,
  json: jsonMessage,
};

/**
 * What sends messages in this run; undefined where nothing does. Asked before anything is read, so that a mistake shows at
 * once and not with the first drift.
 * @throws ClientAppsError
 */
export function openWebhook(io: Io, flags: DriftFlags): Notify | undefined {
  const { webhook } = flags;
  if (webhook === undefined) return undefined;
  const format = WEBHOOKS.find((each) => each === webhook);
  if (format === undefined) {
    // The value is not shown: it may well be the address.
    const place = { path: SETTINGS.webhook.option, allowed: WEBHOOKS.join(', '), meant: nearest(webhook, WEBHOOKS) };
    throw invalidInput(diagnose('webhook-format-unknown', place));
  }
  const address = (io.environment[WEBHOOK_ADDRESS] ?? '').trim();
  const ofFile = flags.settings?.settled.find(({ name }) => name === 'webhook')?.from === 'file';
  // What a file says for every run is not meant for the org on this machine, nor for machines that have no address.
  if (ofFile && isLocal(io, flags)) return undefined;
  if (address === '') {
    const missing = diagnose('webhook-address-missing', { path: WEBHOOK_ADDRESS });
    if (!ofFile) throw invalidInput(missing);
    report([{ ...missing, severity: 'warning' }], io);
    return undefined;
  }
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw invalidInput(diagnose('webhook-address-unusable', { path: WEBHOOK_ADDRESS }));
  }
  return async (message, signal) => {
    const run = runPage(io.environment);
    const body = JSON.stringify(RENDERERS[format]({ ...message, ...(run !== undefined && { run }) }));
    const refused = await post(io, { url, body, signal });
    if (refused === undefined) io.stderr.write(`Sent a message to the webhook (${format}).\n`);
    else report([diagnose('webhook-failed', { path: 'webhook' }, { reason: refused })], io);
  };
}

/** Why the message did not arrive. Neither the address nor what the server answered is in it. */
async function post(
  { environment }: Io,
  { url, body, signal }: { readonly url: URL; readonly body: string; readonly signal: AbortSignal },
): Promise<string | undefined> {
  try {
    const { statusCode } = await exchange(
      { method: 'POST', url: url.href, headers: { 'content-type': 'application/json' }, body },
      { timeoutMs: SILENCE_MS, proxy: proxySettings(environment), signal },
    );
    return statusCode >= 200 && statusCode < 300 ? undefined : `HTTP ${statusCode}`;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    return error.code === 'REDIRECTED' ? 'it redirects, and redirects are not followed' : error.code;
  }
}

/** The page of the CI run, as each system tells it. */
function runPage(environment: Io['environment']): string | undefined {
  const of = (name: string): string => environment[name] ?? '';
  const github = `${of('GITHUB_SERVER_URL')}/${of('GITHUB_REPOSITORY')}/actions/runs/${of('GITHUB_RUN_ID')}`;
  const azure = `${of('SYSTEM_COLLECTIONURI')}${of('SYSTEM_TEAMPROJECT')}/_build/results?buildId=${of('BUILD_BUILDID')}`;
  const candidates = [
    ...(of('GITHUB_RUN_ID') === '' ? [] : [github]),
    of('CI_JOB_URL'),
    ...(of('BUILD_BUILDID') === '' ? [] : [azure]),
  ];
  return candidates
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).href)
    .find((text) => /^https?:/.test(text));
}
