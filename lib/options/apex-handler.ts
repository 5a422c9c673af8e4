import type { ApexHandlerPolicy } from '../declaration/client-app';
import { Username } from '../declaration/options/username';
import { readApexClass } from '../declaration/read/apex-class';
import { readUsername } from '../declaration/read/usernames';
import { readRecord } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { call, members, perOrg } from './expression';
import { EVERY_KIND, option, optional } from './option';
import { ifStated } from './owned';
import { scalar } from './recall';
import { SETTINGS } from './settings';
import { object, text } from './shape';
import { username } from './shapes';

/** The Apex class that takes part in authorizing the app, and the user it runs as. */
export const apexHandler = option({
  name: 'apexHandler',
  kinds: EVERY_KIND,
  shape: object([
    { name: 'className', shape: text, required: true },
    { name: 'executeAs', shape: username, required: true },
  ]),
  read: (given, reading) => optional('apexHandler', readApexHandler(given, reading)),
  fields: [
    { ...SETTINGS.apexHandler, value: (app) => ifStated(app.apexHandler?.className) },
    {
      ...SETTINGS.apexHandlerUser,
      value: (app) => ifStated(app.apexHandler?.executeAs),
    },
  ],
  recall: (live) => {
    const className = scalar(live.own(SETTINGS.apexHandler));
    const user = scalar(live.own(SETTINGS.apexHandlerUser));
    if (className === undefined) return undefined;
    return members({ className, executeAs: user && perOrg(call({ Username }, 'of', user)) });
  },
});

function readApexHandler(value: unknown, reading: Reading): ApexHandlerPolicy | undefined {
  if (value === undefined) return undefined;
  const record = readRecord(value, 'apexHandler', ['className', 'executeAs'], reading);
  if (!record) return undefined;
  const allowed = 'the name of an Apex class of the org';
  const className = readApexClass(record['className'], 'apexHandler.className', allowed, reading);
  return { className, executeAs: readUsername(record['executeAs'], 'apexHandler.executeAs', reading) };
}
