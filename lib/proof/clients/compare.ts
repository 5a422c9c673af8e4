import type { ManifestApp } from '../../metadata/manifest';
import { valueIn } from './blame';
import type { ClientChange, ClientRun, ClientToday } from './report';

/** What becomes of a client that runs on today’s settings of an org when those of the program take their place. */
export function compared(org: string, run: ClientRun, declared: ClientRun): ClientToday {
  const broken = declared.scenarios.filter(({ scenario, outcome }) => {
    const before = run.scenarios.find((one) => one.scenario === scenario);
    return outcome === 'breaks' && before?.outcome === 'survives';
  });
  return { org, run, change: changeOf(run, declared), newly_broken: broken.map(({ scenario }) => scenario) };
}

/** As a whole: a client that breaks today does not work, whatever else the plan breaks. */
function changeOf(today: ClientRun, declared: ClientRun): ClientChange {
  if (today.outcome === 'not-evaluated' || declared.outcome === 'not-evaluated') return 'not-evaluated';
  if (declared.outcome === 'breaks') return today.outcome === 'breaks' ? 'stays-broken' : 'breaks-after-plan';
  return today.outcome === 'breaks' ? 'is-mended' : 'goes-on';
}

/** The run, with what the app has today beside each setting that breaks the client. */
export function withToday(run: ClientRun, today: ManifestApp): ClientRun {
  const scenarios = run.scenarios.map((result) => {
    const value = result.because && valueIn(today, result.because);
    return result.because && value !== undefined
      ? { ...result, because: { ...result.because, value_today: value } }
      : result;
  });
  return { ...run, scenarios };
}
