import { CONTROLS } from '../../lib/policy/controls';
import { explain } from '../../lib/policy/explain';

const text = (term: string): string => {
  const result = explain(term);
  return result.ok ? result.value : result.error.remedy;
};

describe('explain', () => {
  it('tells everything about every control, by id in any case', () => {
    for (const { id, title, remedy } of CONTROLS) {
      expect(text(id.toLowerCase())).toContain(title);
      expect(text(id)).toContain(remedy.setup);
      expect(text(id)).not.toMatch(/undefined|\[object/);
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
    expect(text('logoUrl')).toContain('No control judges this field.');
  });

  it('says what the justification of an option excuses', () => {
    expect(text('clientCredentials')).toContain('SFCA-ECA-JWT-BEARER');
  });

  it('guesses what was meant', () => {
    expect(text('SFCA-ECA-PKEC')).toContain('SFCA-ECA-PKCE');
    expect(text('isPkceRequird')).toContain('isPkceRequired');
    expect(explain('something else entirely')).toMatchObject({ ok: false, error: { code: 'nothing-to-explain' } });
  });
});
