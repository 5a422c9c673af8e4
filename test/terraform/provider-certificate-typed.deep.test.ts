import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { cases } from '../deep';
import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { credentials, type Project, project } from './provider-support';
import { UNTIL } from './typed-hcl';

/** How many orders of steps; `CLIENT_APPS_CERTIFICATE_ORDERS=100` takes more. */
const ORDERS = Number(process.env['CLIENT_APPS_CERTIFICATE_ORDERS'] ?? cases(1, 2));
const FIRST_SEED = Number(process.env['CLIENT_APPS_FIRST_SEED'] ?? 1);

const ADDRESS = 'salesforce_machine_client_app.feed';
const HEADER = ['ExternalClientApplication', 'Feed', 'externalClientApps/Feed.eca'] as const;
const RUN_AS = 'billing.sync@acme.example';
const OURS = 'Managed as code by';
const EXCUSE = `justification = { reason = "a feed", approved_by = "ciso@acme.example", expires = "${UNTIL}" }`;

/** What someone may do next, of whom the suite only knows what may become of the certificate. */
const STEPS = [
  'states the first certificate',
  'states another certificate',
  'states no certificate',
  'states its removal',
  'changes the header',
  'changes the consumer',
  'imports it from another tool',
  'loses the state and adopts it',
  'replaces it',
] as const;
type Step = (typeof STEPS)[number];

interface Wish {
  readonly certificate?: string;
  readonly removes?: boolean;
  readonly label: string;
  readonly introspects: boolean;
}

describeTerraformDeep('the certificate of a machine by kind of client, driven by the real terraform', () => {
  let folder: string;
  let org: Bench;
  let work: Project;
  let certificates: readonly string[];

  const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
  /** By the emulator's own state. */
  const held = (): string | undefined => {
    const state = JSON.parse(readFileSync(join(folder, 'org.json'), 'utf8')) as {
      components: Record<string, Record<string, { fields: Record<string, string> }>>;
    };
    return state.components['ExtlClntAppGlobalOauthSettings']?.['Feed_glbloauth']?.fields['certificate'];
  };
  const write = ({ certificate, removes = false, label, introspects }: Wish, more = ''): void =>
    work.write(
      'provider "salesforce" {\n  managed_by = "identity/prod"\n  fail_on = "none"\n}',
      `resource "salesforce_machine_client_app" "feed" {
  api_name              = "Feed"
  label                 = "${label}"
  contact_email         = "iam@acme.example"
  scopes                = ["Api"]
  permitted_users       = { policy = "pre_authorized", permission_sets = ["Partner_Portal_Access"] }
  client_credentials    = { run_as = "${RUN_AS}", ${EXCUSE} }
  ${introspects ? `introspect_all_tokens = { enabled = true, ${EXCUSE} }` : ''}
  ${certificate === undefined ? '' : `certificate = <<-PEM\n${certificate.trim()}\nPEM\n`}
  ${removes ? 'allow_certificate_removal = true' : ''}
  lifecycle { ignore_changes = [deletion_protection] }
}`,
      more,
    );
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const forget = (): void => {
    for (const name of ['terraform.tfstate', 'terraform.tfstate.backup'])
      rmSync(join(work.folder, name), { force: true });
  };

  beforeAll(async () => {
    certificates = (await Promise.all([makeCertificate(), makeCertificate()])).map(({ cert }) => cert);
  });

  /** Follows the steps, and says after which of them the org has another certificate than it may have. */
  async function follow(start: Wish, steps: readonly Step[]): Promise<readonly string[]> {
    const wrong: string[] = [];
    let wish = start;
    write(wish);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
    for (const step of ['imports it from another tool', ...steps] as const) {
      const [before, state] = [held(), work.state()];
      const next = after(step, wish);
      const given: string[] = [];
      let replaced = false;
      let more = '';
      if (step === 'imports it from another tool') {
        const text = await org.file(...HEADER);
        if (text.includes(OURS)) await org.tamper(...HEADER, new RegExp(`${OURS}[^<]*`), 'made by hand');
        more = `import {\n  to = ${ADDRESS}\n  id = "Feed"\n}`;
      }
      if (step === 'imports it from another tool' || step === 'loses the state and adopts it') forget();
      if (step === 'replaces it') {
        work.writeState(work.state().replace('"deletion_protection": true', '"deletion_protection": false'));
        given.push(`-replace=${ADDRESS}`);
        replaced = true;
      }
      write(next, more);
      const { status, output } = await apply(...given);
      const has = held();
      const may = status !== 0 ? before : expected({ before, replaced }, next);
      if (has !== may) wrong.push(`${step}: ${has === undefined ? 'none' : 'one'} (${status})\n${output}`);
      if (status === 0) wish = next;
      // Whoever is refused goes back to where they were.
      else work.writeState(state);
      write(wish);
    }
    return wrong;
  }

  const after = (step: Step, wish: Wish): Wish => {
    const { certificate: _, ...bare } = wish;
    const [first = '', second = ''] = certificates;
    if (step === 'states the first certificate') return { ...bare, removes: false, certificate: first };
    if (step === 'states another certificate') return { ...bare, removes: false, certificate: second };
    if (step === 'states no certificate') return { ...bare, removes: false };
    if (step === 'states its removal') return { ...bare, removes: true };
    if (step === 'changes the header') return { ...wish, label: `${wish.label}x` };
    if (step === 'changes the consumer') return { ...wish, introspects: !wish.introspects };
    return wish;
  };

  /** What an apply that went through may leave: the one that is stated, none, or the one that was there. */
  const expected = (
    { before, replaced }: { readonly before: string | undefined; readonly replaced: boolean },
    { certificate, removes = false }: Wish,
  ): string | undefined => {
    if (certificate !== undefined) return body(certificate);
    return removes || replaced ? undefined : before;
  };

  const orders = fc.sample(
    fc.record({
      readable: fc.boolean(),
      given: fc.boolean(),
      steps: fc.array(fc.constantFrom(...STEPS), { minLength: 4, maxLength: 4 }),
    }),
    { numRuns: ORDERS, seed: FIRST_SEED },
  );
  it.each(orders)(
    'is neither lost nor comes back (returned by the org: $readable, given at first: $given): $steps',
    async ({ readable, given, steps }) => {
      folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-org-'));
      org = await bench({
        seedDir: SEED,
        stateFile: join(folder, 'org.json'),
        switches: { certificateReadable: readable },
      });
      work = project(credentials(org.emulator));
      try {
        const [first = ''] = certificates;
        const wish = { label: 'Feed', introspects: false, ...(given && { certificate: first }) };
        expect(await follow(wish, steps)).toEqual([]);
      } finally {
        await org.close();
        work.remove();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});
