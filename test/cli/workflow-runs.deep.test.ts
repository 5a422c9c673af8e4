import { chmodSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { describeBuilt } from './built';
import { fastOrg, login, type Project, project, switchPkceOff, twoApps } from './support';
import { type ApiCall, type Forge, forge, shell, type ShellEnd, standIns, yaml } from './workflow-support';

let at: Project;
let emulator: Emulator;
let api: Forge;
/** What the forge has: comments of the merge request, or issues. */
let there: unknown[];

beforeEach(async () => {
  at = project();
  standIns(at);
  at.synth(twoApps);
  emulator = await fastOrg();
  there = [];
  api = await forge((path) => (path.includes('threads') ? { value: there } : there));
});
afterEach(async () => {
  api.close();
  await emulator.close();
  at.remove();
});

/** The only thing that was created. */
function posted(): ApiCall {
  const [call] = api.calls.filter(({ method }) => method === 'POST');
  if (!call) throw new Error('nothing was posted');
  return call;
}

/** What the org itself has. */
const appsInOrg = (): readonly string[] => ['Mobile', 'Portal'].filter((app) => emulator.consumer(app) !== undefined);

interface GitlabJob {
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}

describeBuilt('the jobs for GitLab, run as they stand', () => {
  const jobs = yaml('templates/gitlab.yml') as Readonly<Record<string, GitlabJob>>;
  const run = async (name: string, variables: Readonly<Record<string, string>> = {}): Promise<ShellEnd> => {
    const { script = [], after_script: after = [] } = jobs[name] ?? {};
    const environment = {
      ...login(emulator),
      CI_API_V4_URL: `${api.url}/api/v4`,
      CI_PROJECT_ID: '7',
      GITLAB_TOKEN: 'token-of-the-project',
      ...variables,
    };
    const ended = await shell(at, script.join('\n'), environment);
    const afterward = await shell(at, after.join('\n'), environment);
    return { code: ended.code, output: ended.output + afterward.output };
  };
  const request = { CI_MERGE_REQUEST_IID: '3' };

  it('plan on a merge request, as one comment that is kept up to date; apply what was planned', async () => {
    expect(await run('plan', request)).toMatchObject({ code: 0 });
    expect(api.writes()).toEqual(['POST /api/v4/projects/7/merge_requests/3/notes']);
    const { body, token } = posted();
    expect(body['body']).toMatch(/^<!-- client-apps plan -->[\s\S]*Portal/);
    expect(token).toBe('token-of-the-project');

    there = [
      { id: 1, body: 'Looks good' },
      { id: 41, ...body },
    ];
    await run('plan', request);
    expect(api.writes()[1]).toBe('PUT /api/v4/projects/7/merge_requests/3/notes/41');

    expect(await run('apply')).toMatchObject({ code: 0 });
    expect(appsInOrg()).toEqual(['Mobile', 'Portal']);
  });

  it('plan without a token or outside of a merge request, and call nobody then', async () => {
    expect(await run('plan', { ...request, GITLAB_TOKEN: '' })).toMatchObject({ code: 0 });
    expect(await run('plan')).toMatchObject({ code: 0 });
    expect(api.calls).toEqual([]);
  });

  it('are red where the plan could not be made, and comment nothing', async () => {
    const { code } = await run('plan', { ...request, ...unreachable });
    expect(code).toBe(5);
    expect(api.writes()).toEqual([]);
  });

  it('open an issue about drift, keep it up to date, and close it once the drift is gone', async () => {
    await run('plan');
    await run('apply');
    expect(await run('drift')).toMatchObject({ code: 0 });
    expect(api.writes()).toEqual([]);
    await switchPkceOff(emulator);
    expect((await run('drift')).code).toBe(2);
    expect(api.writes()).toEqual(['POST /api/v4/projects/7/issues']);
    expect(String(api.calls.at(-1)?.body['description'])).toMatch(/Mobile[\s\S]*PKCE/);
    there = [{ iid: 9, title: 'Client apps: drift' }];
    await run('drift');
    expect(api.writes()[1]).toBe('PUT /api/v4/projects/7/issues/9');
    await run('plan');
    await run('apply');
    await run('drift');
    expect(api.calls.at(-1)).toMatchObject({ method: 'PUT', body: { state_event: 'close' } });
  });

  it('leave the issue alone where the org could not be read, and are red', async () => {
    there = [{ iid: 9, title: 'Client apps: drift' }];
    expect((await run('drift', unreachable)).code).toBe(5);
    expect(api.writes()).toEqual([]);
  });

  it('leave a report of the audit for GitLab, with findings', async () => {
    await run('audit');
    expect(at.read('audit.xml')).toMatch(/^<\?xml[\s\S]*<testsuite/);
  });
});

const unreachable = { SF_INSTANCE_URL: 'http://127.0.0.1:1' };

interface AzureStep {
  readonly script?: string;
  readonly bash?: string;
}

describeBuilt('the steps for Azure Pipelines, run as they stand', () => {
  interface AzureJob {
    readonly job?: string;
    readonly steps?: readonly AzureStep[];
    readonly strategy?: { readonly runOnce: { readonly deploy: { readonly steps: readonly AzureStep[] } } };
  }
  const { stages } = yaml('templates/azure.yml') as {
    stages: { stage: string; jobs: AzureJob[] }[];
  };
  const stepsOf = (stage: string, job = 0): readonly string[] => {
    const found = stages.find((each) => each.stage === stage)?.jobs[job];
    const steps = found?.steps ?? found?.strategy?.runOnce.deploy.steps ?? [];
    return steps.flatMap(({ script, bash }) => script ?? bash ?? []);
  };
  /** Azure puts its macros in before the shell sees the text. */
  const filled = (script: string): string =>
    script.replaceAll(/\$\((System|Pipeline)\.\w+\)(\/plan(?=\/))?/g, at.folder);
  const run = async (stage: string, job?: number): Promise<readonly ShellEnd[]> => {
    const ended: ShellEnd[] = [];
    for (const step of stepsOf(stage, job)) {
      const environment = {
        ...login(emulator),
        SYSTEM_COLLECTIONURI: `${api.url}/acme/`,
        SYSTEM_TEAMPROJECTID: 'p1',
        BUILD_REPOSITORY_ID: 'r1',
        SYSTEM_PULLREQUEST_PULLREQUESTID: '3',
        SYSTEM_ACCESSTOKEN: 'token-of-the-build',
      };
      ended.push(await shell(at, filled(step), environment));
    }
    return ended;
  };
  const codes = (ended: readonly ShellEnd[]): readonly (number | null)[] => ended.map(({ code }) => code);

  it('plan, comment once, keep the comment up to date, and apply what was planned', async () => {
    const planned = await run('plan');
    expect(codes(planned)).toEqual([0, 0, 0, 0]);
    expect(planned[2]?.output).toBe(`##vso[task.uploadsummary]${at.folder}/plan.md\n`);
    const threads = '/acme/p1/_apis/git/repositories/r1/pullRequests/3/threads';
    expect(api.writes()).toEqual([`POST ${threads}?api-version=7.1`]);
    const { body, token } = posted();
    expect(token).toBe('Bearer token-of-the-build');

    const comments = body['comments'] as { content: string }[];
    there = [
      { id: 5, comments: [{ id: 1, content: 'Looks good' }] },
      { id: 6, comments: [{ id: 1, ...comments[0] }] },
    ];
    await run('plan');
    expect(api.writes()[1]).toBe(`PATCH ${threads}/6/comments/1?api-version=7.1`);

    expect(codes(await run('apply'))).toEqual([0, 0]);
    expect(appsInOrg()).toEqual(['Mobile', 'Portal']);
    expect(codes(await run('drift'))).toEqual([0, 0]);
    await switchPkceOff(emulator);
    expect(codes(await run('drift'))).toEqual([0, 2]);
  });

  it('leave SARIF where the tab of scans looks for it', async () => {
    await run('drift', 1);
    expect(JSON.parse(at.read('audit.sarif'))).toMatchObject({ version: '2.1.0' });
  });
});

describeBuilt('the steps for GitHub, run as they stand', () => {
  const { jobs } = yaml('templates/github.yml') as {
    jobs: Readonly<Record<string, { steps: { run?: string }[] }>>;
  };
  const run = async (job: string, environment: Readonly<Record<string, string>>): Promise<readonly ShellEnd[]> => {
    const ended: ShellEnd[] = [];
    for (const { run: script } of jobs[job]?.steps ?? []) {
      if (script !== undefined) ended.push(await shell(at, script, { ...login(emulator), ...environment }));
    }
    return ended;
  };

  it('plan, apply what was planned, and find drift', async () => {
    at.write('bin/gh', '#!/bin/sh\necho "$@" >>calls\n');
    chmodSync(at.path('bin/gh'), 0o755);
    const files = { GITHUB_STEP_SUMMARY: at.path('summary'), GITHUB_OUTPUT: at.path('output'), GH_REPO: 'acme/apps' };
    const planned = await run('plan', { ...files, PULL_REQUEST: '7' });
    expect(planned.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(at.read('summary')).toMatch(/^<!-- client-apps plan -->/);
    expect((await run('apply', files)).map(({ code }) => code)).toEqual([0]);
    expect(appsInOrg()).toEqual(['Mobile', 'Portal']);
    await switchPkceOff(emulator);
    const [, looked] = await run('drift', { ...files, CODE: '2', TITLE: 'Client apps: drift' });
    expect(looked?.code).toBe(0);
    expect(at.read('output')).toBe('code=2\n');
    expect(at.read('issue.md')).toMatch(/Mobile[\s\S]*PKCE/);
  });
});
