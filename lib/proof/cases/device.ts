import type { ProofCase } from '../case';
import { type DeviceChanges, deviceLogin } from '../device';
import type { Flows, Subject } from '../subject';

const DEVICE = 'device';
const applies = (_: Subject, flows: Flows): boolean => flows.device;
const MINUTE = 60_000;

const refusal = (id: string, about: string, changes: DeviceChanges, more: Partial<ProofCase> = {}): ProofCase => ({
  ...{ id, demands: 'refusal', about, twin: DEVICE, applies },
  run: ({ client }) => deviceLogin(client, changes),
  ...more,
});

/** A device without a browser shows a code, and a person lets it in elsewhere. */
export const DEVICES: readonly ProofCase[] = [
  {
    id: DEVICE,
    demands: 'grant',
    about: 'let a device in (device flow)',
    applies,
    run: ({ client }) => deviceLogin(client, { decision: 'allow' }),
  },
  refusal('device-not-let-in', 'get tokens for a device that no person has let in', {}),
  refusal('device-denied', 'get tokens for a device that a person turned away', { decision: 'deny' }),
  refusal('device-twice', 'trade a device code a second time', { decision: 'allow', times: 2 }),
  refusal(
    'device-user-not-admitted',
    'let a device in as a user without the permission set',
    {},
    {
      applies: (_, flows) => flows.device && flows.restricted,
      run: ({ client, subject }) => deviceLogin(client, { user: subject.outsider, decision: 'allow' }),
    },
  ),
  refusal(
    'device-expired',
    'trade a device code after its time',
    { decision: 'allow', wait: 11 * MINUTE },
    { ages: true },
  ),
  refusal(
    'device-undeclared',
    'let a device in although the device flow is off',
    { decision: 'allow' },
    { twin: undefined, applies: (_, flows) => !flows.device },
  ),
];
