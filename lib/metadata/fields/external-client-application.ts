import { HEADER } from '../../values/metadata-types';
import { choice, type ComponentType, flag, text } from './field';

/** The header of an External Client App. */
export const externalClientApplication: ComponentType = {
  name: HEADER,
  directory: 'externalClientApps',
  suffix: 'eca',
  since: 59,
  title: 'External client app',
  fields: [
    text('contactEmail', 'Contact email'),
    text('contactPhone', 'Contact phone'),
    text('description', 'Description'),
    choice('distributionState', 'Distribution state', ['Local', 'Packaged', 'Managed', 'AutoInstalled'], {
      default: 'Local',
      direction: ['AutoInstalled', 'Managed', 'Packaged', 'Local'],
    }),
    text('iconUrl', 'Icon URL'),
    text('infoUrl', 'Info URL'),
    flag('isProtected', 'Protected component'),
    text('label', 'External client app name'),
    text('logoUrl', 'Logo image URL'),
    choice('managedType', 'Managed type', ['Local', 'Global'], { since: 60, role: 'server' }),
    text('orgScopedExternalApp', 'Org-scoped identifier', { role: 'server' }),
    text('managedBy', 'Managed as code by', { role: 'carried' }),
    text('certificateFingerprint', 'Certificate on record', { role: 'carried' }),
  ],
};
