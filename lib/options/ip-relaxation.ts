import type { IpRelaxationPolicy } from '../declaration/client-app';
import { IpRelaxation } from '../declaration/options/ip-relaxation';
import { readJustification } from '../declaration/read/justification';
import { byDefault as unlessStated, stated } from '../declaration/setting';
import { EVERY_KIND, forAll, option, policies } from './option';
import { owned } from './owned';

/** The words of Connected Apps. */
export const IP_RELAXATION: Readonly<Record<IpRelaxationPolicy, string>> = {
  Enforce: 'ENFORCE',
  Enforce_RelaxRefresh: 'ENFORCE_RELAXREFRESH',
  Bypass_2factor: 'BYPASS_2FACTOR',
  Bypass: 'BYPASS',
};

/** The policy by the word of Connected Apps; undefined where there is none. */
export const ipRelaxationPolicy = (word: string): IpRelaxationPolicy | undefined =>
  (Object.keys(IP_RELAXATION) as IpRelaxationPolicy[]).find((policy) => IP_RELAXATION[policy] === word);

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
      eca: policies('ipRelaxationPolicyType'),
      ca: {
        field: 'oauthPolicy.ipRelaxation',
        as: (value) => IP_RELAXATION[value as IpRelaxationPolicy],
        from: (value) => (typeof value === 'string' ? ipRelaxationPolicy(value) : undefined),
      },
      value: (app) => owned(app.ipRelaxation, app.ipRelaxation.value),
    },
  ],
});
