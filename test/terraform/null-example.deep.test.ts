import { join } from 'node:path';

import { fastOrg } from '../cli/support';
import { expectedText, seedOf } from '../examples/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

const EXAMPLE = 'null-engine';

/** What a reviewer reads, without the words around it, which differ between versions of Terraform. */
const changes = (output: string): string =>
  `${output
    .split('\n')
    .filter((line) => /^ +(#|[-+~]|null_resource)|^Plan: /.test(line))
    .join('\n')}\n`;

describeTerraformDeep('the example of the null engine', () => {
  let here: NullProject;
  beforeAll(async () => {
    here = nullProject(await fastOrg({ seedDir: seedOf(EXAMPLE, 'prod') }));
    process.env['CDKTF_OUTDIR'] = here.path('cdktf.out');
    jest.isolateModules(() => {
      jest.requireActual(join(__dirname, '../../examples', EXAMPLE, 'main'));
    });
    delete process.env['CDKTF_OUTDIR'];
  });
  afterAll(async () => {
    await here.emulator.close();
    here.remove();
  });

  it('is planned by Terraform as the kept text says', async () => {
    expect(await here.run('init', '-input=false')).toMatchObject({ status: 0 });
    const { output } = await here.plan();
    expect(changes(output)).toBe(expectedText(`${EXAMPLE}.terraform`, changes(output)));
  });

  it('is applied, and then there is nothing to do', async () => {
    expect(await here.command('drift')).toMatchObject({ code: 2 });
    expect(await here.apply()).toMatchObject({ status: 0 });
    expect(await here.command('drift')).toMatchObject({ code: 0 });
    const { status, output } = await here.plan();
    expect(output).not.toContain('Warning');
    expect(status).toBe(0);
  });
});
