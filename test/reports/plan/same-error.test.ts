import { MachineApp, PermittedUsers, type SalesforceOrg, Scope, Username } from '../../../constructs';
import { planOf } from '../../../lib/plan/plan-file';
import { planHtml } from '../../../lib/reports/plan/html';
import { planMarkdown } from '../../../lib/reports/plan/markdown';
import { planText } from '../../../lib/reports/plan/text';
import { bench, declared } from '../../operations/support';

const NAMES = Array.from({ length: 20 }, (_, index) => `Feed${index + 10}`);

const feeds =
  (label: (name: string) => string) =>
  (org: SalesforceOrg): void => {
    for (const name of NAMES)
      new MachineApp(org, name, {
        label: label(name),
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Nobody_Made_It'] }),
        clientCredentials: {
          runAs: Username.of('nobody@acme.example'),
          justification: { reason: 'The vendor signs nothing', approvedBy: 'iam@acme.example', expires: '2027-01-31' },
        },
      });
  };

describe('twenty apps with the same two errors', () => {
  it('are told once for each error, with every app, wherever the plan is read', async () => {
    const org = await bench();
    try {
      const plan = planOf([await org.plan(declared(feeds((name) => `Feed ${name}`)))]);
      const errors = plan.orgs.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity === 'error');
      expect(errors).toHaveLength(40);
      const html = planHtml(plan, { version: '0', today: '2026-11-21' });
      for (const shown of [planText(plan), planMarkdown(plan), html]) {
        expect(shown.match(/\[permission-set-missing\]/g)).toHaveLength(1);
        expect(shown.match(/\[run-as-missing\]/g)).toHaveLength(1);
        expect(shown.match(/20 (apps|places)/g)).toHaveLength(2);
        expect(shown).toContain(`where:   ${NAMES.join(', ')}`);
      }
    } finally {
      await org.close();
    }
  });
});
