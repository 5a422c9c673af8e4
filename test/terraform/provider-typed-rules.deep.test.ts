import { readFileSync } from 'node:fs';

import { DEMO_CERTIFICATE } from '../constructs/support';
import { ILLEGAL_DECLARATIONS, type IllegalDeclaration } from '../types/illegal-declarations';
import { OF_A_DEVICE, type Refused, REFUSED_AT_SYNTH } from '../types/refused-at-synth';
import { LEGAL_RECORDS, REFUSED_RECORDS } from '../types/refused-records';
import { EC_KEY, issued } from '../values/issued-certificate';
import { type Diagnostic, project } from './provider-support';
import { describeTerraform } from './support';
import { UNTIL } from './typed-hcl';

const LOCALS = `
locals {
  justification = { reason = "old client", approved_by = "sec@acme.example", expires = "${UNTIL}" }
  certificate   = ${JSON.stringify(readFileSync(DEMO_CERTIFICATE, 'utf8'))}
  elliptic      = ${JSON.stringify(issued(EC_KEY))}
}
`;

const BASE = { label: '"App"', contact_email: '"iam@acme.example"', scopes: '["Api"]' };
const LEGAL: Readonly<Record<IllegalDeclaration['kind'], Readonly<Record<string, string>>>> = {
  private: { ...BASE, permitted_users: '{ policy = "self_authorized" }', callback_urls: '["https://a.example/cb"]' },
  public: { ...BASE, permitted_users: '{ policy = "self_authorized" }', callback_urls: '["https://a.example/cb"]' },
  machine: {
    ...BASE,
    permitted_users: '{ policy = "pre_authorized", permission_sets = ["Feed_Access"] }',
    certificate: 'local.certificate',
  },
};

function resource(kind: IllegalDeclaration['kind'], name: string, changes: IllegalDeclaration['hcl'] = {}): string {
  const given = { api_name: `"${name}"`, ...LEGAL[kind], ...changes };
  const lines = Object.entries(given).flatMap(([argument, value]) =>
    value === null ? [] : [`  ${argument} = ${value}`],
  );
  return `resource "salesforce_${kind}_client_app" "${name.toLowerCase()}" {\n${lines.join('\n')}\n}`;
}

describeTerraform('what does not compile in TypeScript', () => {
  it('does not validate in HCL either, and is told at the argument', async () => {
    const work = project({});
    try {
      const legal = (['private', 'public', 'machine'] as const).map((kind) => resource(kind, `Legal_${kind}`));
      work.write(LOCALS, ...legal, ...ILLEGAL_DECLARATIONS.map(({ kind, name, hcl }) => resource(kind, name, hcl)));
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const { output } = await work.run('validate', '-json');
      const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
      const lines = work.file('main.tf').split('\n');
      const of = (name: string): readonly Diagnostic[] =>
        diagnostics.filter(({ address, range }) => {
          const from = lines.findIndex((line) => line.includes(`" "${name.toLowerCase()}" {`));
          const to = lines.indexOf('}', from);
          const at = (range?.start.line ?? 0) - 1;
          return address?.endsWith(`.${name.toLowerCase()}`) === true || (at >= from && at <= to);
        });
      const wrong = ILLEGAL_DECLARATIONS.flatMap(({ name, says }) => {
        const found = of(name).filter(({ severity }) => severity === 'error');
        const texts = found.map(({ summary, detail }) => `${summary}: ${detail}`);
        return texts.some((each) => says.test(each)) ? [] : [{ name, texts }];
      });
      expect(wrong).toEqual([]);
      const placed = ILLEGAL_DECLARATIONS.flatMap(({ name, hcl }) => {
        const stated = Object.keys(hcl).filter((argument) => hcl[argument] !== null);
        const at = of(name).map(({ range }) => lines[(range?.start.line ?? 0) - 1] ?? '');
        return stated.length === 0 || at.some((line) => stated.some((argument) => line.includes(argument)))
          ? []
          : [{ name, at }];
      });
      expect(placed).toEqual([]);
      expect(legal.flatMap((_, index) => of(`Legal_${['private', 'public', 'machine'][index] ?? ''}`))).toEqual([]);
    } finally {
      work.remove();
    }
  });
});

describeTerraform('what synth refuses or warns of', () => {
  it('validate does, too, or the list says why HCL cannot come to it', async () => {
    const coded = Object.entries(REFUSED_AT_SYNTH).flatMap(([code, refused]): (readonly [string, Refused])[] =>
      typeof refused === 'string' ? [] : [[code, refused]],
    );
    const all = [...coded, ...OF_A_DEVICE.map((refused, n) => [`device-${n}`, refused] as const)];
    const name = (code: string): string => code.replaceAll('-', '_');
    const work = project({});
    try {
      work.write(LOCALS, ...all.map(([code, { kind, hcl }]) => resource(kind, name(code), hcl)));
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const { output } = await work.run('validate', '-json');
      const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
      const lines = work.file('main.tf').split('\n');
      const silent = all.flatMap(([code, { says = new RegExp(`^code: +${code}$`, 'm') }]) => {
        const from = lines.findIndex((line) => line.includes(`_client_app" "${name(code)}" {`));
        const to = lines.indexOf('}', from);
        const texts = diagnostics
          .filter(({ range }) => (range?.start.line ?? 0) > from && (range?.start.line ?? 0) <= to + 1)
          .map(({ summary, detail }) => `${summary}: ${detail}`);
        return texts.some((text) => says.test(text)) ? [] : [{ code, texts }];
      });
      expect(silent).toEqual([]);
      expect(all.length).toBeGreaterThan(45);
    } finally {
      work.remove();
    }
  });
});

/** A legal record in HCL, but for the arguments at those paths. */
function recordWith(record: 'scope' | 'handler', name: string, given: Readonly<Record<string, string>>): string {
  const { label, description } = LEGAL_RECORDS[record];
  const flags = ['access_token', 'id_token', 'jwt', 'refresh_token', 'saml2'].map((each) => `is_${each}_supported`);
  const own = {
    scope: {},
    handler: {
      token_handler_apex: `"${LEGAL_RECORDS.handler.apexClass}"`,
      is_enabled: 'true',
      is_user_creation_allowed: 'false',
      ...Object.fromEntries(flags.map((flag) => [flag, 'true'])),
    },
  }[record];
  const changed = Object.entries(given).filter(([path]) => path.startsWith(`${record}.`));
  const members = {
    master_label: `"${label}"`,
    description: `"${description}"`,
    ...own,
    ...Object.fromEntries(changed.map(([path, value]) => [path.slice(record.length + 1), value])),
  };
  const type = record === 'scope' ? 'salesforce_oauth_custom_scope' : 'salesforce_oauth_token_exchange_handler';
  const lines = Object.entries(members).map(([member, value]) => `    ${member} = ${value}`);
  return `resource "${type}" "${name}" {\n  api_name = ${given['api_name'] ?? `"${name}"`}\n  ${record} = {\n${lines.join('\n')}\n  }\n}`;
}

describeTerraform('records beside the apps that synth refuses or warns of', () => {
  it('validate refuses and warns of, too, at the argument', async () => {
    const all = REFUSED_RECORDS.flatMap(({ hcl, ...row }, index) =>
      typeof hcl === 'string' ? [] : [{ ...row, ...hcl, name: `r${index}` }],
    );
    const legal = (['scope', 'handler'] as const).map((record) => recordWith(record, `legal_${record}`, {}));
    const work = project({});
    try {
      work.write(...all.map(({ record, name, given }) => recordWith(record, name, given)), ...legal);
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const { output } = await work.run('validate', '-json');
      const { diagnostics } = JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] };
      const lines = work.file('main.tf').split('\n');
      const found = diagnostics.map(({ summary, detail, range }) => {
        const line = (range?.start.line ?? 0) - 1;
        const from = lines.slice(0, line + 1).findLastIndex((each) => each.startsWith('resource '));
        return { name: /"(\w+)" \{$/.exec(lines[from] ?? '')?.[1], line: lines[line], text: `${summary}: ${detail}` };
      });
      const wanted = all.map(({ name, code, given, says = new RegExp(`^code: +${code}$`, 'm') }) => {
        const [path = ''] = Object.keys(given);
        const here = found.filter((each) => each.name === name);
        // Terraform shows the line of the whole object, and writes the path before the sentence.
        const at = ({ line = '', text }: (typeof here)[number]): boolean =>
          path.includes('.') ? text.includes(`: ${path}: `) : line.includes(`${path} = `);
        const shown = here.some((each) => says.test(each.text) && at(each));
        return { name, shown: shown && here.length === 1 ? [] : here };
      });
      expect(wanted.filter(({ shown }) => shown.length > 0)).toEqual([]);
      expect(found.filter(({ name }) => !all.some((each) => each.name === name))).toEqual([]);
      expect(all.length).toBeGreaterThan(10);
    } finally {
      work.remove();
    }
  });
});

describeTerraform('a member that an object does not have', () => {
  it('is dropped by Terraform in silence, as the pages say; one that is required is missed', async () => {
    const work = project({});
    const members = (required: string): string => `
resource "salesforce_private_client_app" "typed" {
  api_name        = "Typed"
  label           = "App"
  contact_email   = "iam@acme.example"
  scopes          = ["Api", "RefreshToken"]
  callback_urls   = ["https://a.example/cb"]
  permitted_users = { policy = "self_authorized" }
  id_token        = { validitty = "5 minutes" }
  trusted_ip_ranges = [{ ${required} = "10.0.0.1", end = "10.0.0.9", descriptoin = "office" }]
}
resource "salesforce_external_client_app" "wire" {
  api_name     = "Wire"
  client_type  = "private"
  app          = { label = "Wire", contact_email = "iam@acme.example" }
  global_oauth = { callback_url = ["https://a.example/cb"], is_pcke_required = false }
  oauth        = { comma_separated_oauth_scopes = ["Api"], trusted_ip_rangez = [] }
}`;
    const validated = async (text: string) => {
      work.write(text);
      const { output } = await work.run('validate', '-json');
      return (JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
    };
    try {
      work.write();
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const silent = (await validated(members('start'))).map(({ detail }) => detail);
      expect(silent.filter((text) => /validitty|descriptoin|pcke|rangez/.test(text))).toEqual([]);
      expect(silent).toEqual([expect.stringContaining('id-token-never-issued')]);
      expect((await validated(members('strat'))).map(({ detail }) => detail)).toContainEqual(
        expect.stringMatching(/attribute "start" is required/),
      );
    } finally {
      work.remove();
    }
  });
});
