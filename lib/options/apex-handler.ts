import type { ApexHandlerPolicy } from '../declaration/client-app';
import type { Reading } from '../declaration/reading';
import { readApexClass } from '../declaration/read/apex-class';
import { readUsername } from '../declaration/read/usernames';
import { readRecord } from '../declaration/read/values';
import { EVERY_KIND, option, optional, policies } from './option';
import { ifStated } from './owned';

/** The Apex class that takes part in authorizing the app, and the user it runs as. */
export const apexHandler = option({
  name: 'apexHandler',
  kinds: EVERY_KIND,
  read: (given, reading) => optional('apexHandler', readApexHandler(given, reading)),
  fields: [
    { eca: policies('apexHandler'), ca: 'plugin', value: (app) => ifStated(app.apexHandler?.className) },
    {
      eca: policies('executeHandlerAs'),
      ca: 'pluginExecutionUser',
      value: (app) => ifStated(app.apexHandler?.executeAs),
    },
  ],
});

function readApexHandler(value: unknown, reading: Reading): ApexHandlerPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'apexHandler', ['className', 'executeAs'], reading);
  if (!record) return undefined;
  const allowed = 'the name of an Apex class of the org';
  const className = readApexClass(record['className'], 'apexHandler.className', allowed, reading);
  return { className, executeAs: readUsername(record['executeAs'], 'apexHandler.executeAs', reading) };
}
