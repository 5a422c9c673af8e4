import { toTerraform } from '../../lib/terraform/terraform-diagnostic';
import { CATALOG } from '../../lib/values/catalog';
import { diagnose } from '../../lib/values/diagnose';
import type { Diagnostic } from '../../lib/values/diagnostic';

const at = { path: 'salesforce_external_client_app Portal' };

describe('a diagnostic under Terraform', () => {
  it('says what to do in a configuration, not on the command line', () => {
    const stopped = diagnose('app-stopped', at, { app: 'Portal' });
    expect(stopped.remedy).toContain('--re-enable Portal');
    expect(toTerraform(stopped).detail).toContain('set re_enable = true for one apply');
    expect(toTerraform(stopped).detail).not.toContain('--re-enable');
  });

  it('says what the command line says where there is nothing else to do', () => {
    expect(toTerraform(diagnose('fact-unread', at, { reason: 'x' })).detail).toContain('docs/bootstrap.md');
  });

  it('is summed up in words, and its code stands in the detail', () => {
    for (const code of Object.keys(CATALOG).filter((name) => !name.includes('/'))) {
      const { summary, detail } = toTerraform({
        code,
        severity: 'error',
        problem: 'x',
        remedy: 'y',
        ...at,
      } as Diagnostic);
      expect(summary).toMatch(/^salesforce_external_client_app Portal: [a-z0-9 ]+$/);
      expect(detail).toContain(`code:    ${code}`);
    }
  });
});
