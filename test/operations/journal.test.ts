import type { EmulatorFault } from '../../lib/emulator';
import { packageXml } from '../../lib/metadata/package/package-xml';
import { applyPlan } from '../../lib/operations/apply-plan';
import type { ApplyJournal, JournalPort } from '../../lib/operations/journal';
import { type Bench, bench, codes, declared, refusal, TODAY, twoApps } from './support';

/** Three deploys: the switch that the Portal needs, two apps, what tightens. */
const manifest = declared(twoApps);
const OIDC = 'settings/OauthOidc.settings';

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
});
afterEach(() => salesforce.close());

/** The words of the error that it ends with. */
const refusedBy = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    (answer) => `no error: ${JSON.stringify(answer)}`,
    (error: unknown) => String(error),
  );
const sent = (): number => salesforce.emulator.calls().filter(({ operation }) => operation === 'deploy').length;

/** A journal in memory that knows how many deploys the org had got at each save. */
function memory(onSave: (count: number) => void = () => undefined) {
  const saves: { readonly journal: ApplyJournal; readonly sent: number }[] = [];
  const port: JournalPort = {
    begun: '2026-11-21T08:00:00.000Z',
    save: (journal) => {
      onSave(saves.length + 1);
      saves.push({ journal, sent: sent() });
    },
  };
  return { port, saves, last: () => saves.at(-1)?.journal };
}

describe('the journal of an apply', () => {
  it('has every deploy before it is sent, and its id before the first wait', async () => {
    const { port, saves, last } = memory();
    await salesforce.apply(manifest, {}, { journal: port });
    const steps = saves.map(({ journal, sent: count }) => `${count}: ${journal.deploys.at(-1)?.state}`);
    expect(steps).toEqual(
      [0, 1, 2].flatMap((before) => [`${before}: announced`, `${before + 1}: accepted`, `${before + 1}: succeeded`]),
    );
    expect(last()?.deploys.map(({ phase, id }) => [phase, id?.slice(0, 3)])).toEqual([
      ['enable', '0Af'],
      ['apps', '0Af'],
      ['tighten', '0Af'],
    ]);
    expect(last()).toMatchObject({ created: ['Mobile', 'Portal'], org_id: salesforce.emulator.orgId });
    expect(saves[0]?.journal.opened).toMatchObject([
      { field: 'oAuthCdCrdtFlowEnable', before: { value: false }, after: { value: true } },
    ]);
    expect(JSON.stringify(saves)).not.toContain(salesforce.emulator.accessToken);
  });

  it('forgets the id of a deploy that is sent again because of a lock, before it is sent', async () => {
    const problem = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record';
    const fault = { kind: 'deploy-fails', fullName: 'OauthOidc', problem } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault);
    const { port, saves } = memory();
    await salesforce.apply(manifest, {}, { journal: port });
    const first = saves.slice(0, 4).map(
      ({
        journal: {
          deploys: [deploy],
        },
        sent: count,
      }) => ({ count, ...deploy }),
    );
    expect(first.map(({ count, state, id }) => [count, state, id !== undefined])).toEqual([
      [0, 'announced', false],
      [1, 'accepted', true],
      [1, 'announced', false],
      [2, 'accepted', true],
    ]);
    expect(first[3]?.id).not.toBe(first[1]?.id);
  });

  it('that cannot be written keeps the apply from beginning', async () => {
    const { port } = memory(() => {
      throw new Error('ENOSPC: no space left on device');
    });
    const { code, diagnostics } = await refusal(salesforce.apply(manifest, {}, { journal: port }));
    expect([code, codes(diagnostics), sent()]).toEqual(['REFUSED', ['journal-not-kept'], 0]);
    expect(diagnostics[0]?.problem).toContain('no space left on device');
  });

  it('that cannot be written any more stops before the next deploy, and what was opened is put back', async () => {
    const { port } = memory((count) => {
      if (count > 3) throw new Error('ENOSPC');
    });
    const { diagnostics } = await refusal(salesforce.apply(manifest, {}, { journal: port }));
    expect(codes(diagnostics)).toEqual(['journal-not-kept', 'settings-put-back']);
    expect(await salesforce.file('Settings', 'OauthOidc', OIDC)).not.toContain('<oAuthCdCrdtFlowEnable>true<');
  });

  it('does not need to be written again once a deploy is under way', async () => {
    const { port } = memory((count) => {
      if (count === 8) throw new Error('ENOSPC');
    });
    const receipt = await salesforce.apply(manifest, {}, { journal: port });
    expect(receipt.phases?.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });
});

describe('an apply that finishes another one', () => {
  /** What a process leaves that died as the apps were about to be sent. */
  async function cutOff(): Promise<ApplyJournal> {
    const { port, last } = memory((count) => {
      if (count > 3) throw new Error('killed');
    });
    // The settings cannot be put back either: nothing answers.
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'slow', ms: 0 });
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    await salesforce.apply(manifest, {}, { journal: port });
    const journal = last();
    if (!journal) throw new Error('no journal');
    return journal;
  }

  it('puts the settings back that the other one opened, if the apps are refused, and leaves the rest of the record', async () => {
    const earlier = await cutOff();
    expect(await salesforce.file('Settings', 'OauthOidc', OIDC)).toContain('<oAuthCdCrdtFlowEnable>true<');
    // An admin has changed another switch meanwhile.
    await salesforce.tamper('Settings', 'OauthOidc', OIDC, /(<blockOAuthUsrAgtFlow>)false/, '$1true');
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal' });
    const plan = await salesforce.plan(manifest);
    const { diagnostics } = await refusal(
      applyPlan({ org: salesforce.org, plan, today: TODAY, approval: { reviewed: true }, finishes: earlier }),
    );
    expect(codes(diagnostics)).toEqual(['deploy-failed', 'settings-put-back']);
    const now = await salesforce.file('Settings', 'OauthOidc', OIDC);
    expect(now).toContain('<oAuthCdCrdtFlowEnable>false<');
    expect(now).toContain('<blockOAuthUsrAgtFlow>true<');
  });

  it('keeps what the other one created where it is refused itself: no receipt has it yet', async () => {
    const first = memory();
    await salesforce.apply(manifest, {}, { journal: first.port });
    const earlier = first.last();
    await salesforce.tamper('Settings', 'OauthOidc', OIDC, /(<blockOAuthUnPwFlow>)true/, '$1false');
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'OauthOidc' });
    const second = memory();
    await refusal(salesforce.apply(manifest, {}, { journal: second.port, ...(earlier && { finishes: earlier }) }));
    expect(second.last()).toMatchObject({ created: ['Mobile', 'Portal'], opened: [], deploys: earlier?.deploys });
  });

  it('says so, and tells what was created although the other one did it', async () => {
    const { port, last } = memory();
    await salesforce.apply(manifest, {}, { journal: port });
    const earlier = last();
    const receipt = await salesforce.apply(manifest, {}, { ...(earlier && { finishes: earlier }) });
    expect(receipt.apps.map(({ action, consumer_key: key }) => [action, key?.slice(0, 5)])).toEqual([
      ['created', '3MVG9'],
      ['created', '3MVG9'],
    ]);
    expect(codes(receipt.remarks)).toEqual(['apply-finished']);
  });
});

describe('a deploy that was sent before', () => {
  const follow = (id: string, wait: boolean) => salesforce.org.followDeploy({ id, apiVersion: 66, wait });

  it('is found by its id', async () => {
    const { port, last } = memory();
    await salesforce.apply(manifest, {}, { journal: port });
    const id = last()?.deploys[0]?.id ?? '';
    expect(await follow(id, false)).toEqual({ status: 'succeeded', word: 'Succeeded' });
    expect(await follow('0Af000000000000AAA', true)).toMatchObject({ status: 'gone' });
  });

  const odd = (fault: EmulatorFault, id: string, wait = false) => {
    salesforce.emulator.faults.failNext({ operation: 'checkDeployStatus' }, fault);
    return follow(id, wait);
  };
  const said = (code: string, status: number): EmulatorFault => ({ kind: 'api-error', code, message: 'no', status });
  const page = (contentType: string, body: string): EmulatorFault => ({ kind: 'http', status: 404, contentType, body });

  it.each([
    ['NOT_FOUND', 404],
    ['INVALID_CROSS_REFERENCE_KEY', 400],
  ])('is gone where the org itself says that it has none of that id: %s', async (code, status) => {
    expect(await odd(said(code, status), '0Af000000000000AAA')).toMatchObject({ status: 'gone' });
  });

  it.each([
    ['nothing', { kind: 'http', status: 404 } as const],
    ['a page', page('text/html', '<html><body>We are down for maintenance.</body></html>')],
    ['a list without an error', page('application/json', '[]')],
    ['words of a gateway', page('application/json', '{"message": "no Route matched with those values"}')],
  ])('is not taken for gone because something on the way answers 404: %s', async (_, fault) => {
    for (const wait of [false, true]) {
      expect(await refusedBy(odd(fault, '0Af000000000000AAA', wait))).toMatch(/Could not ask about deploy 0Af/);
    }
  });

  it('is not taken for gone while the org lists it among those that run', async () => {
    const busy = await bench({ switches: { deployMs: 60_000 } });
    try {
      const sending = new AbortController();
      let id = '';
      const onAccepted = (given: string): void => {
        id = given;
        sending.abort();
      };
      const files = new Map([['package.xml', packageXml(new Map(), 66)]]);
      const options = { onAccepted, signal: sending.signal };
      await refusedBy(busy.org.deploy({ files, apiVersion: 66, checkOnly: false }, options));
      busy.emulator.faults.failNext({ operation: 'checkDeployStatus' }, said('INVALID_CROSS_REFERENCE_KEY', 400));
      expect(await refusedBy(busy.org.followDeploy({ id, apiVersion: 66, wait: false }))).toContain(id);
    } finally {
      await busy.close();
    }
  });
});
