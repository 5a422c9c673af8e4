import { readConfig } from '../../lib/cli/config/read-config';
import { document } from './documents';

describe('docs/audit.md', () => {
  it('shows a configuration that is one', () => {
    const [example] = document('docs/audit.md').blocks.filter(({ language }) => language === 'json');
    expect(readConfig(example?.text ?? '', 'the example')).toMatchObject({ ok: true });
  });
});
