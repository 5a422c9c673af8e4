import { readAuditConfig } from '../../lib/policy/audit-config';
import { document } from './documents';

describe('docs/audit.md', () => {
  it('shows a configuration that is one', () => {
    const [example] = document('docs/audit.md').blocks.filter(({ language }) => language === 'json');
    expect(readAuditConfig(example?.text ?? '', 'the example')).toMatchObject({ ok: true });
  });
});
