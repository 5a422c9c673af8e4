import { consentRows, flagOf, inProgram } from '../lib/options/consents';
import { optionNamed } from '../lib/options/table';
import { code, table } from './markdown';

/** What no consent of the table allows. */
const BESIDE: readonly (readonly [string, string])[] = [
  [
    'deleting every app of the code',
    '`client-apps destroy`, and the name of the org typed; a Connected App also by name',
  ],
  ['widening existing access without a reviewer', '`--allow widens`'],
  ['deleting a custom scope or a token exchange handler', 'nothing: they stay until someone deletes them in Setup'],
];

/** What never happens automatically, and the consent that allows it, as a Markdown table. */
export const safetyTable = (): string =>
  table(
    ['', 'how to allow it'],
    [
      ...consentRows().flatMap(([name, { takes, never, inTerraform }]) => {
        if (never === undefined) return [];
        const option = optionNamed(inProgram(name));
        const flag = code(`${flagOf(name)}${takes === 'nothing' ? '' : ' APP'}`);
        const where = inTerraform ? 'engine provider' : 'on the construct';
        return [[never, option ? `${flag}; ${where}: ${code(`${option.name}: true`)}` : flag]];
      }),
      ...BESIDE,
    ],
  );
