import { readFileSync } from 'node:fs';

import { DEMO_CERTIFICATE } from '../constructs/support';
import { ILLEGAL_DECLARATIONS, type IllegalDeclaration } from '../types/illegal-declarations';
import { OF_A_DEVICE, type Refused, REFUSED_AT_SYNTH } from '../types/refused-at-synth';
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
