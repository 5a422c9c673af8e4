import { fieldOf } from '../../metadata/fields';
import type { ObservedOrg } from '../../metadata/observed';
import { ORG_FIELDS } from '../fields';
import type { OrgFieldName, OrgPosture } from '../posture';
import { implied, unreadable, valued, type Reading } from '../reading';

/** The org-wide OAuth settings, from the settings records as they were observed. */
export function orgPosture(settings: ObservedOrg['settings']): OrgPosture {
  const read = (name: OrgFieldName): Reading<boolean> => {
    const [type = '', field = ''] = ORG_FIELDS[name].split('.');
    const component = settings[type];
    if (component === undefined || component.state === 'absent') return unreadable(`no ${type} record was read`);
    if (component.state === 'unreadable') return unreadable(component.reason);
    const value = component.component.fields[field];
    if (typeof value === 'boolean') return valued(value);
    // An org in which nothing was ever set returns an empty record.
    return implied(fieldOf(type, field).default === true);
  };
  return {
    fields: {
      blocksUsernamePasswordFlow: read('blocksUsernamePasswordFlow'),
      blocksUserAgentFlow: read('blocksUserAgentFlow'),
      codeAndCredentialsAllowed: read('codeAndCredentialsAllowed'),
      pkceRequired: read('pkceRequired'),
      secretsViaMetadataApi: read('secretsViaMetadataApi'),
      secretsViaRestApi: read('secretsViaRestApi'),
    },
  };
}
