// What every client has around its OAuth library: where it keeps tokens, how it calls the API, when it logs in.
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const variable = (name) => process.env[name];
export const org = {
  loginUrl: variable('CLIENT_APPS_LOGIN_URL'),
  clientId: variable('CLIENT_APPS_CLIENT_ID'),
  clientSecret: variable('CLIENT_APPS_CLIENT_SECRET'),
  callbackUrl: variable('CLIENT_APPS_CALLBACK_URL'),
  username: variable('CLIENT_APPS_USERNAME'),
  keyFile: variable('CLIENT_APPS_KEY_FILE'),
};
const folder = variable('CLIENT_APPS_STATE_DIR');
const file = join(folder, 'tokens.json');
const givenUp = join(folder, 'given-up');

/** What this client does worse than it should. */
export const careless = new Set(process.argv.slice(2));

/** The browser: it is sent to the login page, and comes back to the callback URL. */
export async function browse(url) {
  const answer = await fetch(url, { redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect: ${await answer.text()}`);
  return new URL(location);
}

function kept() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function keep(tokens) {
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(tokens), { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
  return tokens;
}

/** One process at a time; a careless client has no lock. */
async function alone(work) {
  if (careless.has('no-lock')) return work();
  const lock = join(folder, 'lock');
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      await sleep(10);
    }
  }
  try {
    return await work();
  } finally {
    rmdirSync(lock);
  }
}

const call = (token) =>
  fetch(`${org.loginUrl}/services/data/v66.0/query?q=${encodeURIComponent('SELECT Id FROM User')}`, {
    headers: { authorization: `Bearer ${token}` },
  });

/** Another session, by the refresh token where there is one, else by a login. */
async function renew(before, { login, refresh }) {
  const now = kept();
  if (now && now.access !== before?.access) return now;
  if (before?.refresh !== undefined && refresh !== undefined) {
    try {
      const next = await refresh(before.refresh);
      const newest = careless.has('old-refresh-token') ? before.refresh : (next.refresh ?? before.refresh);
      return keep({ access: next.access, refresh: newest });
    } catch (error) {
      if (careless.has('gives-up')) writeFileSync(givenUp, '');
      if (careless.has('no-second-login')) throw error;
      console.error(`refresh: ${error.message}`);
    }
  }
  return keep(await login());
}

/** Two calls, as any use of a client: with the session that it kept, or with another one. */
export async function use(library) {
  if (existsSync(givenUp)) throw new Error('gave up');
  let tokens = kept() ?? (await alone(() => renew(undefined, library)));
  for (let each = 0; each < 2; each += 1) {
    let answer = await call(tokens.access);
    if (answer.status === 401) {
      const before = tokens;
      tokens = await alone(() => renew(before, library));
      answer = await call(tokens.access);
    }
    if (!answer.ok) throw new Error(`the API answered ${answer.status}`);
  }
}
