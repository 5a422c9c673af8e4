import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { PermittedUsers, PublicClientApp, Scope } from '../../constructs';
import type { Io } from '../../lib/cli/io';
import { loadManifests, loadManifestsIfThere } from '../../lib/cli/manifests';
import { isClientAppsError } from '../../lib/values/diagnostic';
import { mobile, org, portal, type Project, project, twoApps } from './support';

let here: Project;
beforeEach(() => {
  here = project();
});
afterEach(() => here.remove());

const io = (cwd: string, environment: Record<string, string> = {}): Io => ({ cwd, environment }) as unknown as Io;

const names = (cwd: string, environment?: Record<string, string>): readonly string[] =>
  loadManifests(io(cwd, environment), {}).map((manifest) => manifest.org.name);

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isClientAppsError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('without --manifest', () => {
  it('takes every org of the last synth', () => {
    here.synth((stack) => {
      portal(org(stack, 'prod'));
      mobile(org(stack, 'test'));
    });
    expect(names(here.folder)).toEqual(['prod', 'test']);
  });

  it('tells the process of many apps, and of few nothing', () => {
    const counts: number[] = [];
    for (const count of [1, 201]) {
      here.synth((stack) => {
        const parent = org(stack, 'prod');
        for (let n = 0; n < count; n++) {
          new PublicClientApp(parent, `App${n}`, {
            label: `App ${n}`,
            callbackUrls: ['com.acme.app://callback'],
            scopes: [Scope.API],
            permittedUsers: PermittedUsers.selfAuthorized(),
          });
        }
      });
      loadManifests({ ...io(here.folder), onManyApps: () => counts.push(count) }, {});
    }
    expect(counts).toEqual([201]);
  });

  it('finds them from a folder below the project, as Terraform runs in one', () => {
    here.synth(twoApps);
    expect(names(here.path('cdktf.out/stacks/identity'))).toEqual(['prod']);
  });

  it('looks where CDKTF_OUTDIR points, and else where cdktf.json does', () => {
    here.synth(twoApps);
    cpSync(here.path('cdktf.out'), here.path('elsewhere'), { recursive: true });
    rmSync(here.path('cdktf.out'), { recursive: true });
    expect(names(here.folder, { CDKTF_OUTDIR: 'elsewhere' })).toEqual(['prod']);
    here.write('cdktf.json', '{ "output": "elsewhere" }');
    expect(names(here.folder)).toEqual(['prod']);
  });

  it('ignores the folder of a stack that the last synth no longer names', () => {
    here.synth(twoApps);
    cpSync(here.path('cdktf.out/stacks/identity'), here.path('cdktf.out/stacks/removed'), { recursive: true });
    expect(names(here.folder)).toEqual(['prod']);
  });

  it('says how to synthesize where nothing was', () => {
    const problem = problemOf(() => names(here.folder));
    expect(problem).toContain('cdktf.out: nothing to do');
    expect(problem).toContain('npx cdktf synth');
  });

  it('says that cdktf.json or the output of cdktf is damaged', () => {
    here.write('cdktf.json', '{');
    expect(problemOf(() => names(here.folder))).toContain('cdktf.json: this is not valid JSON');
    here.write('cdktf.json', '{}');
    here.write('cdktf.out/manifest.json', '[]');
    expect(problemOf(() => names(here.folder))).toContain('this is not the manifest that cdktf writes');
  });

  it('lets an emergency go on without any', () => {
    expect(loadManifestsIfThere(io(here.folder), {})).toEqual([]);
  });
});

describe('manifests', () => {
  const first = 'cdktf.out/stacks/identity/client-apps/prod/manifest.json';

  it('may be named, also twice', () => {
    here.synth(twoApps);
    const found = loadManifests(io(here.folder), { manifest: [first, `./${first}`] });
    expect(found.map((manifest) => manifest.id)).toEqual(['identity/prod']);
  });

  it('of one org name are refused: neither code nor credentials could be told apart', () => {
    here.synth(twoApps);
    mkdirSync(dirname(here.path('copy/m.json')), { recursive: true });
    cpSync(here.path(first), here.path('copy/m.json'));
    const problem = problemOf(() => loadManifests(io(here.folder), { manifest: [first, 'copy/m.json'] }));
    expect(problem).toContain('the org prod has two manifests');
  });

  it('that are damaged are all reported at once', () => {
    here.write('a.json', '{}');
    here.write('b.json', 'x');
    const problem = problemOf(() => loadManifests(io(here.folder), { manifest: ['a.json', 'b.json'] }));
    expect(problem).toContain('a.json');
    expect(problem).toContain('b.json');
  });

  it('are chosen by --org, and a name that is none of them is an error with a suggestion', () => {
    here.synth((stack) => {
      portal(org(stack, 'prod'));
      mobile(org(stack, 'test'));
    });
    expect(loadManifests(io(here.folder), { org: ['test'] }).map((manifest) => manifest.org.name)).toEqual(['test']);
    const problem = problemOf(() => loadManifests(io(here.folder), { org: ['prd'] }));
    expect(problem).toContain('did you mean prod?');
  });
});
