import type { IpRelaxationPolicy } from '../declaration/client-app';
import { IpRelaxation } from '../declaration/options/ip-relaxation';
import { readJustification } from '../declaration/read/justification';
import { byDefault as unlessStated, stated } from '../declaration/setting';
import { EVERY_KIND, forAll, option } from './option';
import { owned } from './owned';
import { SETTINGS } from './settings';

export const ipRelaxation = option({
  name: 'ipRelaxation',
  kinds: EVERY_KIND,
  excuses: ['SFCA-ECA-IP-RELAXATION', 'SFCA-CA-IP-RELAXATION'],
  default: {
    what: 'ipRelaxation',
    value: forAll<IpRelaxationPolicy>('Enforce'),
    reason: "An app must not be a way around the login IP ranges that the users' profiles set.",
    source: 'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement',
  },
  read: (given, reading, secure) => {
    if (given === undefined) return { ipRelaxation: unlessStated(secure) };
    if (!IpRelaxation.is(given)) {
      reading.wrongType('ipRelaxation', given, 'IpRelaxation.ENFORCE or another IpRelaxation');
      return { ipRelaxation: unlessStated(secure) };
    }
    if (given.policy !== 'Enforce') {
      readJustification(given.justification, 'ipRelaxation', `the IP relaxation ${given.policy}`, reading);
    }
    return { ipRelaxation: stated(given.policy) };
  },
  fields: [
    {
      ...SETTINGS.ipRelaxation,
      value: (app) => owned(app.ipRelaxation, app.ipRelaxation.value),
    },
  ],
});
