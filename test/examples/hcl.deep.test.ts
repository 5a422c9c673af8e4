import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { bench, SEED } from '../operations/support';
import { credentials, project } from '../terraform/provider-support';
import { describeTerraform } from '../terraform/support';

describeTerraform('the example in HCL', () => {
  it('is formatted and valid, is applied, and has nothing to do afterward', async () => {
    const org = await bench({ seedDir: SEED });
    const work = project(credentials(org.emulator));
    try {
      copyFileSync('examples/hcl/main.tf', join(work.folder, 'main.tf'));
      for (const command of [['fmt', '-check'], ['init', '-input=false'], ['validate'], ['apply', '-auto-approve']]) {
        const { status, output } = await work.run(...command);
        expect(status === 0 ? '' : output).toBe('');
      }
      expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
      expect((await work.run('output', 'consumer_keys')).output.match(/3MVG9/g)).toHaveLength(2);
    } finally {
      await org.close();
      work.remove();
    }
  });
});
