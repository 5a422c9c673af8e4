import type { AppControl, OrgControl } from './control';
import { ORG_FIELDS, placesOf } from './fields';
import type { AppFieldName, AppFields, AppPosture, OrgFieldName, OrgFields, OrgPosture } from './posture';
import type { Reading } from './reading';
import type { ObservedSetting } from './report';
import { withoutCredentials } from './themes/callback-urls';

/** What an app control looked at, in Salesforce's names and spelling; nothing in it is secret. */
export function observedOfApp(control: AppControl, app: AppPosture): readonly ObservedSetting[] {
  return control.reads.flatMap((name) => {
    const field = placesOf(name, app.platform).join(', ');
    return field === ''
      ? []
      : [observed<AppFields[AppFieldName]>(field, app.fields[name], (value) => shownValue(name, value))];
  });
}

/** What an org control looked at. */
export function observedOfOrg(control: OrgControl, org: OrgPosture): readonly ObservedSetting[] {
  return control.reads.map((name) =>
    observed<OrgFields[OrgFieldName]>(ORG_FIELDS[name], org.fields[name], (value) =>
      Array.isArray(value) ? value.join(', ') : String(value),
    ),
  );
}

function observed<T>(field: string, reading: Reading<T>, show: (value: T) => string): ObservedSetting {
  switch (reading.state) {
    case 'value':
      return { field, state: reading.implied ? 'default' : 'value', value: show(reading.value) };
    case 'absent':
      return { field, state: 'absent' };
    case 'unreadable':
      return { field, state: 'unreadable', reason: reading.reason };
  }
}

function shownValue(name: AppFieldName, value: AppFields[AppFieldName]): string {
  switch (name) {
    case 'secretInWebServerFlow':
      // Salesforce stores the opposite.
      return String(value !== true);
    case 'certificate':
      return `sha256:${(value as AppFields['certificate']).fingerprint ?? 'unknown'}`;
    case 'callbackUrls':
      return (value as readonly string[]).map(withoutCredentials).join(' ');
    case 'singleLogoutUrl':
      return typeof value === 'string' ? withoutCredentials(value) : '';
    case 'refreshIpRanges':
      return (value as AppFields['refreshIpRanges']).map(({ start, end }) => `${start} - ${end}`).join(', ');
    case 'customAttributes':
      return (value as AppFields['customAttributes']).map(({ key }) => key).join(', ');
    case 'refreshTokenPolicy': {
      const { type, period, unit } = value as AppFields['refreshTokenPolicy'];
      return period === undefined ? type : `${type} ${period} ${unit ?? ''}`.trim();
    }
    default:
      return Array.isArray(value)
        ? value.join(', ')
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
  }
}
