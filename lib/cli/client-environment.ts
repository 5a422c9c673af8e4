import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Place } from '../proof/client';
import { flowsOf, type Subject } from '../proof/subject';
import type { Io } from './io';

/** Logins to real orgs, and what else is set for this program rather than for the client. */
const KEPT_BACK = /^(SF|SFDX|SALESFORCE|CLIENT_APPS|TF_VAR)_/i;

/** Beside the client’s own variables. */
export interface ClientFiles {
  /** What the client keeps between its runs. */
  readonly state: string;
  /** Private key whose assertions the org takes; a machine’s. */
  readonly key: string;
  /** A program that opens an address as a browser does, without showing anything. */
  readonly browser: string;
}

/**
 * The environment of a client under proof: how to reach the built-in org and what the app has there, by our names and by
 * those of Salesforce’s tools. No login to any other org is among it.
 */
export function clientEnvironment(
  { environment }: Pick<Io, 'environment'>,
  subject: Subject,
  place: Place,
  files: ClientFiles,
): NodeJS.ProcessEnv {
  const { app, kind, consumer, insider } = subject;
  const flows = flowsOf(subject);
  const [callbackUrl] = flows.callbackUrls;
  const withSecret = kind === 'private' || flows.clientCredentials;
  const own = Object.entries(environment).filter(([name]) => !KEPT_BACK.test(name));
  const noProxy = [environment['NO_PROXY'] ?? environment['no_proxy'] ?? [], '127.0.0.1,localhost'].flat().join(',');
  return {
    ...Object.fromEntries(own),
    CLIENT_APPS_APP: app.api_name,
    CLIENT_APPS_LOGIN_URL: place.url,
    CLIENT_APPS_CLIENT_ID: consumer.key,
    CLIENT_APPS_USERNAME: insider,
    CLIENT_APPS_PASSWORD: place.password,
    CLIENT_APPS_STATE_DIR: files.state,
    ...(callbackUrl !== undefined && { CLIENT_APPS_CALLBACK_URL: callbackUrl }),
    ...(withSecret && { CLIENT_APPS_CLIENT_SECRET: consumer.secret, SF_CLIENT_SECRET: consumer.secret }),
    ...(flows.assertions && { CLIENT_APPS_KEY_FILE: files.key, SF_JWT_KEY_FILE: files.key }),
    SF_LOGIN_URL: place.url,
    SF_INSTANCE_URL: place.url,
    SF_CLIENT_ID: consumer.key,
    SF_USERNAME: insider,
    BROWSER: files.browser,
    // The org is on loopback, over http.
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    OAUTHLIB_INSECURE_TRANSPORT: '1',
  };
}

/** Writes what clients need as files into a folder that only its owner can open. */
export function writeClientFiles(folder: string, { standIn }: Place): Omit<ClientFiles, 'state'> {
  const [key, browser] = [join(folder, 'key.pem'), join(folder, 'browser')];
  writeFileSync(key, standIn.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(browser, `#!/bin/sh\nexec "${process.execPath}" -e 'fetch(process.argv[1])' "$1"\n`, { mode: 0o700 });
  return { key, browser };
}
