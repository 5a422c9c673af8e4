import type { Row } from './table';
import { manyTokens, measured } from './usage';

/** The command as a process of its own, against an org of 1,000 apps that were made by hand. */
export const importRows = (): Promise<readonly Row[]> =>
  measured(manyTokens(0), async (client, emulator) => {
    const told = await client('import', 'prod', '--out', 'clients', '--json');
    const retrieves = emulator.calls().filter(({ operation }) => /^retrieve/i.test(operation)).length;
    return [{ what: 'import of 1,000 apps', measured: `${told}, ${retrieves} retrieve`, meant: 'one retrieve' }];
  });
