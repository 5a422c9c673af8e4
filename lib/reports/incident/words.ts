import { type Incident, minutesToRevoked } from '../../usage/incident';

/** What a person has to do now: nothing of it is done by an API, or it was tried and failed. */
export function byHand(incident: Incident): readonly string[] {
  const { found, steps, evidence_only: evidenceOnly, open } = incident;
  const name = found?.label ?? incident.app;
  if (evidenceOnly) return [`Nothing was stopped or revoked: client-apps incident --resume continues with that.`];
  return [
    ...(steps.stop.state === 'done' ? [] : [stopByHand(incident, name)]),
    ...(steps.revoke.state === 'done'
      ? []
      : [
          `Revoke its tokens: client-apps incident --resume tries again. By hand: Setup > Connected Apps OAuth Usage > the number of users next to ${name} > Revoke; for an External Client App, its OAuth usage in Setup.`,
        ]),
    ...open.map((each) => `Still open: ${each}.`),
    ...(found?.platform === 'connected-app' && steps.stop.state === 'done'
      ? [`Block it: Setup > Connected Apps OAuth Usage > Block next to ${name}. No API does that.`]
      : []),
    ...rotateByHand(incident, name),
    'Advice: reset the passwords of the users that the report names, end their other sessions (Setup > Session Management), and review what they can access.',
    'Advice: an access token in JWT format might work until it expires, whatever was revoked. It has not been verified that it ends earlier.',
  ];
}

function stopByHand({ found, steps }: Incident, name: string): string {
  if (steps.stop.state === 'by hand' && found?.platform !== 'external-client-app') {
    return `Keep it out: none of this prevents it from being approved again. Setup > Connected Apps OAuth Usage > Block next to ${name}, which no API does; or block all such apps with API Access Control (Setup > API Access Control; Salesforce Support makes it available).`;
  }
  return found?.platform === 'external-client-app'
    ? `Switch it off: client-apps incident --resume tries again. By hand: Setup > External Client App Manager > ${name} > Policies.`
    : `Lock it out: client-apps incident --resume tries again. By hand: Setup > Connected Apps OAuth Usage > Block next to ${name}.`;
}

/** Where Setup shows the consumer secret of an External Client App, and rotates it. */
const secretInSetup = (name: string): string =>
  `Setup > External Client App Manager > ${name} > Settings > OAuth Settings > Consumer Key and Secret`;

function rotateByHand({ found, steps }: Incident, name: string): readonly string[] {
  const certificate = `Replace its certificate, if it has one: declare the new one in the program and apply. For an app that no program declares: in Setup, where its OAuth settings are.`;
  const { state } = steps.rotate;
  if (state === 'done') {
    return [`Give its client the new consumer secret, before client-apps start: ${secretInSetup(name)}.`, certificate];
  }
  const resume =
    state === 'failed' || state === 'in doubt' || state === 'announced'
      ? 'client-apps incident --resume tries again. By hand: '
      : '';
  switch (found?.platform) {
    case 'external-client-app':
      return [`Rotate its consumer secret: ${resume}${secretInSetup(name)} > Stage, then Apply.`, certificate];
    case 'connected-app':
      return [
        `Rotate its consumer secret: Setup > App Manager > ${name} > View > Manage Consumer Details > Stage, then Apply.`,
        certificate,
      ];
    default:
      return [`Ask the publisher of ${name} to rotate its secret: its record, if there is one, is in another org.`];
  }
}

/** How long it took, as far as it is known. */
export function minutesText(incident: Incident): string {
  const minutes = minutesToRevoked(incident);
  return minutes === undefined
    ? 'not known: it was not verified that no token is left'
    : `${minutes < 0.1 ? 'less than 0.1' : minutes.toFixed(1)} minutes`;
}

export const STEP_WORDS = {
  evidence: 'Freeze the evidence',
  stop: 'Stop the app',
  revoke: 'Revoke its tokens',
  rotate: 'Rotate its secret',
  check: 'Verify',
} as const;
