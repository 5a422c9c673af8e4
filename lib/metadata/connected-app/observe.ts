import { CONNECTED_APP_PARTS } from '../fields/connected-app';
import type { ObservedApp, ObservedComponent } from '../observed';

/** A Connected App is one record, so the app is as readable as that record is. */
export function observedConnectedApp(apiName: string, record: ObservedComponent): ObservedApp {
  const unknown = record.state === 'present' ? (record.component.unknown ?? []) : [];
  const parts = CONNECTED_APP_PARTS.filter(({ name }) => unknown.some((node) => node.name === name));
  return {
    platform: 'connected-app',
    apiName,
    ...(record.state === 'unreadable'
      ? { condition: 'unreadable', reason: record.reason }
      : { condition: record.state === 'present' ? 'present' : 'absent' }),
    components: { ConnectedApp: record },
    otherComponents: parts.map(({ name }) => `ConnectedApp:${name}`),
  };
}
