import { APP_CONSENTS, consentRows, CONSENTS, flagOf, inProgram, OPTION_CONSENTS } from '../../lib/options/consents';
import { optionNamed } from '../../lib/options/table';
import { CATALOG, remedyFor } from '../../lib/values/catalog';
import type { Entry } from '../../lib/values/catalog/entry';
import { flagsFor } from '../../lib/values/consent-flags';
import { diagnose } from '../../lib/values/diagnose';

const entries = Object.entries(CATALOG) as readonly (readonly [string, Entry])[];
const flags = new Map(APP_CONSENTS.map((name) => [flagOf(name), name]));

describe('a consent', () => {
  it('is spelled as its front end has it', () => {
    expect(flagOf('allow_certificate_removal')).toBe('--allow-certificate-removal');
    expect(inProgram('allow_certificate_removal')).toBe('allowCertificateRemoval');
    expect(inProgram('adopt')).toBe('adopt');
  });

  it('that a remedy asks for is one of the table, and an attribute where Terraform is told of it', () => {
    for (const [code, { remedy }] of entries) {
      expect([code, flagsFor(code).filter((flag) => !flags.has(flag))]).toEqual([code, []]);
      const attributes = [
        ...remedyFor('terraform', typeof remedy === 'string' ? '' : remedy).matchAll(/(\w+) = true/g),
      ];
      const consents = attributes.flatMap(([, name]) => (name !== undefined && name in CONSENTS ? [name] : []));
      expect([code, consents.filter((name) => !OPTION_CONSENTS.some((each) => each === name))]).toEqual([code, []]);
    }
  });

  it('is never spelled by hand in a remedy for one app', () => {
    for (const [code, { remedy }] of entries) {
      const texts = typeof remedy === 'string' ? [remedy] : Object.values(remedy as Readonly<Record<string, string>>);
      const byHand = [...flags.keys()].filter((flag) => texts.some((text) => text.includes(`${flag} {app}`)));
      expect([code, byHand]).toEqual([code, []]);
    }
  });

  it('that names apps is what some remedy asks for', () => {
    const asked = new Set(entries.flatMap(([code]) => flagsFor(code)));
    expect([...flags.keys()].filter((flag) => !asked.has(flag))).toEqual([]);
  });

  it('is an option of an app where Terraform has it', () => {
    expect(OPTION_CONSENTS.filter((name) => optionNamed(inProgram(name)) === undefined)).toEqual([]);
  });

  it('says what never happens without it, or asks for less', () => {
    const silent = consentRows().flatMap(([name, { never }]) => (never === undefined ? [name] : []));
    expect(silent).toEqual(['except', 'resend_certificates']);
  });
});

describe('a remedy that asks for a consent', () => {
  const { remedy } = CATALOG['certificate-would-be-lost'];

  it('names its flag with the app on the command line, and its attribute under Terraform', () => {
    const said = diagnose('certificate-would-be-lost', { path: 'identity/prod/Portal' }, { app: 'Portal' }).remedy;
    expect(said).toContain('--allow-certificate-removal Portal');
    expect(remedyFor('terraform', remedy)).toContain('allow_certificate_removal = true');
    expect(flagsFor('certificate-would-be-lost')).toEqual(['--allow-certificate-removal']);
  });
});
