import { readsSecrets, withSecretAccess } from '../../lib/operations/secret-access';
import { type Bench, bench, codes, refusal } from './support';

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
});
afterEach(() => salesforce.close());

const access = () => ({ org: salesforce.org, apiVersion: 66, app: 'Sync' });

/** Does nothing with the switch, and says what happened. */
function doing(agreed: boolean, happened: string[], leftOpen = false) {
  return {
    ...{ agreed, leftOpen },
    onClosed: () => void happened.push('closed'),
    work: async (opened: boolean) => void happened.push(`work, opened ${opened}`),
    onOpening: () => void happened.push('opening'),
    onLeftOpen: (reason: string) => void happened.push(`left open: ${reason}`),
  };
}

describe('the switch that shows consumer secrets', () => {
  it('is not opened where it was on when somebody was asked, and is off by now', async () => {
    const happened: string[] = [];
    const { code, diagnostics } = await refusal(withSecretAccess(access(), doing(false, happened)));
    expect([code, codes(diagnostics), happened]).toEqual(['REFUSED', ['secret-access-consent'], []]);
    expect(salesforce.emulator.calls().some(({ operation }) => operation === 'deploy')).toBe(false);
  });

  it('is opened and closed with consent, and not touched where it is on by now', async () => {
    const happened: string[] = [];
    await withSecretAccess(access(), {
      ...doing(true, happened),
      work: () => withSecretAccess(access(), doing(true, happened)),
    });
    expect(happened).toEqual(['opening', 'work, opened false', 'closed']);
    expect(await readsSecrets(access())).toBe(false);
  });

  it('is closed where an earlier run left it on, and what was left is forgotten where it is off', async () => {
    const happened: string[] = [];
    await withSecretAccess(access(), {
      ...doing(true, happened),
      onClosed: () => undefined,
      work: async () => {
        await withSecretAccess(access(), doing(false, happened, true));
        expect(await readsSecrets(access())).toBe(false);
      },
    });
    expect(happened).toEqual(['opening', 'work, opened true', 'closed']);
    await refusal(withSecretAccess(access(), doing(false, happened, true)));
    expect(happened.slice(3)).toEqual(['closed']);
  });

  it('may be on later where the answer to opening it was lost, and that is said', async () => {
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    const happened: string[] = [];
    await expect(withSecretAccess(access(), doing(true, happened))).rejects.toMatchObject({ inDoubt: true });
    expect(happened).toEqual(['opening', expect.stringContaining('may still be in progress')]);
  });
});
