import type { IpRelaxationPolicy } from '../declaration/client-app';
import { IpRelaxation } from '../declaration/options/ip-relaxation';
import { readJustification } from '../declaration/read/justification';
import { byDefault as unlessStated, stated } from '../declaration/setting';
import { call, type Expression, justification, name } from './expression';
import { EVERY_KIND, forAll, option } from './option';
import { owned } from './owned';
import type { Live } from './recall';
import { SETTINGS } from './settings';
import { variants } from './shape';
import { justification as excuse } from './shapes';

export const ipRelaxation = option({
  name: 'ipRelaxation',
  kinds: EVERY_KIND,
  shape: variants({ IpRelaxation }, 'policy', {
    ENFORCE: [],
    enforceButRelaxRefresh: [excuse],
    relaxForActivatedDevices: [excuse],
    relax: [excuse],
  }),
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
  recall: recallIpRelaxation,
});

function recallIpRelaxation(live: Live): Expression | undefined {
  const excused = justification(live.expires);
  switch (live.value(SETTINGS.ipRelaxation)) {
    case 'Enforce':
      return name({ IpRelaxation }, 'ENFORCE');
    case 'Enforce_RelaxRefresh':
      return call({ IpRelaxation }, 'enforceButRelaxRefresh', excused);
    case 'Bypass_2factor':
      return call({ IpRelaxation }, 'relaxForActivatedDevices', excused);
    case 'Bypass':
      return call({ IpRelaxation }, 'relax', excused);
    default:
      return undefined;
  }
}
