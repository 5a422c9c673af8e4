import { EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../../lib/metadata/fields';
import { CONTROLS } from '../../lib/policy/controls';
import { setupPlaces } from '../../lib/policy/describe';
import { remedyBreaks } from '../../lib/policy/remedy-impact';
import { explain } from '../../lib/reports/explain';

const ALL_TYPES = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...SETTINGS_TYPES];

const text = (term: string): string => {
  const result = explain(term);
  return result.ok ? result.value : result.error.remedy;
};

describe('explain', () => {
  it('explains the code of a diagnostic, with what to do in each front end', () => {
    expect(text('adoption-needed')).toMatch(/^adoption-needed: an app named \{app\} exists in the org/);
    expect(text('adoption-needed')).toContain('--adopt');
    expect(text('adoption-needed')).toMatch(/under Terraform:\n {2}.*import block/);
    expect(text('adoption-neded')).toBe('did you mean adoption-needed?');
  });

  it('tells everything about every control, by id in any case', () => {
    for (const control of CONTROLS) {
      const { id, title } = control;
      expect(text(id.toLowerCase())).toContain(title);
      for (const place of setupPlaces(control)) expect(text(id)).toContain(place);
      expect(text(id)).not.toMatch(/undefined|\[object/);
    }
  });

  it('tells of every control what is at stake in practice, what the remedy costs, and who may apply it', () => {
    for (const { id } of CONTROLS) {
      const words = text(id);
      for (const heading of ['Risk in practice', 'What it costs', 'Permissions needed']) {
        expect([id, words]).toEqual([id, expect.stringMatching(new RegExp(`\\n${heading}:\\n {2}\\S`))]);
      }
    }
  });

  it('tells whom the remedy stops wherever the field table has it', () => {
    const silent = CONTROLS.filter((control) => remedyBreaks(control).length === 0).map(({ id }) => id);
    for (const id of ['SFCA-ECA-PKCE', 'SFCA-ECA-REFRESH-IP-ALLOWLIST', 'SFCA-CA-SECRET-REFRESH']) {
      expect(silent).not.toContain(id);
      expect(text(id)).toMatch(/\nApplying the remedy:\n {2}(breaks|.* must authorize again)/);
    }
  });

  it("finds a control by Salesforce's name", () => {
    expect(text('Single Logout')).toContain('SFCA-APP-SINGLE-LOGOUT');
  });

  it('says which controls judge a field, on both platforms', () => {
    expect(text('isPkceRequired')).toContain('SFCA-ECA-PKCE');
    expect(text('oauthConfig.isPkceRequired')).toContain('SFCA-CA-PKCE');
    expect(text('ExtlClntAppOauthConfigurablePolicies.ipRelaxationPolicyType')).toContain('SFCA-ECA-IP-RELAXATION');
  });

  it('explains a field that no control judges', () => {
    expect(text('logoUrl')).toContain('No control checks this field.');
  });

  it('tells about every field of the table what changing it does', () => {
    for (const { name, fields } of ALL_TYPES) {
      for (const field of fields) {
        const words = text(`${name}.${field.name}`);
        expect(words).toContain(field.title);
        expect(words).not.toMatch(/undefined|\[object/);
      }
    }
    expect(text('isPkceRequired')).toContain('when it becomes true: breaks clients that send no code_challenge');
    expect(text('ipRelaxationPolicyType')).toMatch(/from loosest to tightest: Bypass,/);
    expect(text('consumerSecret')).toContain('never sent, never kept, never shown');
  });

  it('gives the reason for the default of an option', () => {
    expect(text('pkce')).toContain('RFC 7636');
  });

  it('says what the justification of an option excuses', () => {
    expect(text('clientCredentials')).toContain('SFCA-ECA-JWT-BEARER');
  });

  it('knows every option, and labels that a plan prints', () => {
    for (const option of ['callbackUrls', 'scopes', 'label', 'pkce']) expect(explain(option).ok).toBe(true);
    expect(text('Enable Authorization Code and Credentials Flow')).toContain('isCodeCredFlowEnabled');
  });

  it('says whom applying the remedy stops', () => {
    expect(text('SFCA-ECA-CLIENT-CREDENTIALS')).toContain('breaks clients that use the client credentials flow');
    expect(text('SFCA-CA-PKCE')).toContain('breaks clients that send no code_challenge');
  });

  it('tells of the controls on headless logins and client credentials what a decision has to weigh', () => {
    for (const id of ['SFCA-ECA-CODE-CREDENTIALS', 'SFCA-CA-CODE-CREDENTIALS', 'SFCA-ECA-CLIENT-CREDENTIALS']) {
      for (const heading of ['Risk in practice:', 'What it costs:', 'How to go about it:']) {
        expect(text(id)).toContain(heading);
      }
    }
    expect(text('SFCA-ECA-CODE-CREDENTIALS')).toContain('Professional, Performance, Unlimited and Developer Edition');
  });

  it('takes the beginning of a name for that name', () => {
    expect(text('isPkce')).toContain('isPkceRequired');
  });

  it('guesses what was meant', () => {
    expect(text('SFCA-ECA-PKEC')).toContain('SFCA-ECA-PKCE');
    expect(text('isPkceRequird')).toContain('isPkceRequired');
    expect(explain('something else entirely')).toMatchObject({ ok: false, error: { code: 'nothing-to-explain' } });
  });
});
