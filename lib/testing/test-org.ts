import type { Manifest } from '../metadata/manifest';
import { lateFields } from '../proof/needs';
import { flowsOf } from '../proof/subject';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { startProofOrg } from './proof-org';

/** What a client of an app needs to log in to the emulated org. Everything of it is made for the org and worth nothing elsewhere. */
export interface TestClient {
  /** The consumer key. */
  readonly clientId: string;
  /** The consumer secret. A public client has one too, and need not show it. */
  readonly clientSecret: string;
  /** The registered ones; of a machine none. */
  readonly callbackUrls: readonly string[];
  /** A user whom the app lets in. */
  readonly username: string;
  /** A user who is active and holds no permission set of an app. */
  readonly outsider: string;
  /** Of every user. */
  readonly password: string;
  /** PKCS #8 PEM: signs assertions of the JWT bearer flow in the place of the key of your certificate, which works, too. */
  readonly privateKey: string;
}

/** An emulated org that has what a program declares. */
export interface TestOrg extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: login page, OAuth endpoints, REST and SOAP. */
  readonly url: string;
  /** 18 characters. */
  readonly orgId: string;
  /** Session of an administrator. */
  readonly accessToken: string;
  /**
   * Key, secret and user of a declared app.
   * @param app API name.
   * @throws ClientAppsError where the org has no such app: it is not declared, or has values that only Terraform knows.
   */
  client(app: string): TestClient;
  /** ISO time of the org's own clock. */
  now(): string;
  /** Moves the org's clock forward by milliseconds: sessions end, codes and refresh tokens expire. */
  advance(ms: number): void;
  /** Stops listening and cuts open connections; what the org held is gone. */
  close(): Promise<void>;
}

/**
 * Starts one and applies the manifest to it.
 * @throws ClientAppsError where the org refuses what is declared.
 */
export async function startTestOrg(manifest: Manifest, today: string): Promise<TestOrg> {
  const { emulator, place, subjects } = await startProofOrg(manifest, today);
  const privateKey = place.standIn.export({ type: 'pkcs8', format: 'pem' }).toString();
  const close = (): Promise<void> => emulator.close();
  return {
    url: emulator.url,
    orgId: emulator.orgId,
    accessToken: emulator.accessToken,
    client: (name) => {
      const found = subjects.find(({ app }) => app.api_name === name);
      if (found === undefined) throw unknown(manifest, name);
      const { consumer, insider, outsider } = found;
      return {
        clientId: consumer.key,
        clientSecret: consumer.secret,
        callbackUrls: flowsOf(found).callbackUrls,
        username: insider,
        outsider,
        password: place.password,
        privateKey,
      };
    },
    now: () => emulator.now(),
    advance: (ms) => emulator.advance(ms),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function unknown({ apps }: Manifest, name: string): ClientAppsError {
  const late = apps.find(({ api_name: each }) => each === name);
  const usable = apps.filter((app) => lateFields(app).length === 0).map(({ api_name: each }) => each);
  const place = { path: 'test', value: name, allowed: usable.join(', ') };
  return new ClientAppsError('INVALID_INPUT', [
    late === undefined
      ? diagnose('app-unknown', { ...place, meant: nearest(name, usable) }, { app: name })
      : diagnose('app-unknown/late', place, { app: name, fields: lateFields(late).join(', ') }),
  ]);
}
