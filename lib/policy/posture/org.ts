import type { OrgAssumptions } from '../../declaration/org-settings';
import { fieldOf } from '../../metadata/fields';
import type { ObservedOrg } from '../../metadata/observed';
import { ORG_FIELDS } from '../fields';
import type { OrgFieldName, OrgPosture } from '../posture';
import { implied, type Reading, unreadable, valued } from '../reading';

export interface OrgPostureOptions {
  /** `declared`: what a program does not state, the org decides. `read`: a record without a value has the default. */
  readonly origin: 'declared' | 'read';
  /**
   * What a program says others keep true in the org.
   * @default - nothing
   */
  readonly assumptions?: OrgAssumptions;
  /**
   * Who may use any API client.
   * @default - it was not read
   */
  readonly anyApiClientHolders?: Reading<readonly string[]>;
}

const HOLDERS_UNREAD = unreadable('who holds Use Any API Client was not read: only an audit of an org asks for it');

/** The org-wide OAuth settings, from the settings records as they were observed. */
export function orgPosture(
  settings: ObservedOrg['settings'],
  { origin, assumptions = {}, anyApiClientHolders = HOLDERS_UNREAD }: OrgPostureOptions,
): OrgPosture {
  const read = (name: OrgFieldName): Reading<boolean> => {
    const [type = '', field = ''] = ORG_FIELDS[name].split('.');
    const component = settings[type];
    if (component?.state === 'present') {
      const value = component.component.fields[field];
      if (typeof value === 'boolean') return valued(value);
      // An org in which nothing was ever set returns an empty record.
      if (origin === 'read') return implied(fieldOf(type, field).default === true);
    }
    if (origin === 'declared') return unreadable('the program leaves this setting to the org');
    return unreadable(component?.state === 'unreadable' ? component.reason : `no ${type} record was read`);
  };
  const allowed = read('codeAndCredentialsAllowed');
  const assumed = assumptions.codeAndCredentialsFlow;
  return {
    fields: {
      adminApprovedAppsOnly: read('adminApprovedAppsOnly'),
      anyApiClientHolders,
      blocksUsernamePasswordFlow: read('blocksUsernamePasswordFlow'),
      blocksUserAgentFlow: read('blocksUserAgentFlow'),
      codeAndCredentialsAllowed: allowed.state === 'unreadable' && assumed !== undefined ? valued(assumed) : allowed,
      pkceRequired: read('pkceRequired'),
      secretsViaMetadataApi: read('secretsViaMetadataApi'),
      secretsViaRestApi: read('secretsViaRestApi'),
    },
  };
}
