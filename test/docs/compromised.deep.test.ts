import { messy } from '../cli/messy-support';
import { type Ended, fastOrg, login, type Project, project } from '../cli/support';
import { document } from './documents';

const BLOCKS = document('docs/compromised-app.md').blocks.flatMap(({ language, text }) =>
  language === 'text' ? [text] : [],
);

/** What differs from run to run, and where lines end. */
const settled = (text: string): string =>
  text
    .replace(/00D[A-Za-z0-9]{11,15}/g, 'ORG')
    .replace(/\b[0-9a-f]{64}\b/g, 'SHA')
    .replace(/(less than )?\d+\.\d minutes/g, 'SOON')
    .replace(/\d{4}-\d\d-\d\d|\d{17}/g, 'WHEN')
    .replace(/\s+/g, ' ')
    .trim();

/** The parts of an excerpt that the whole does not have in this order; `…` stands for anything. */
function missing(excerpt: string, whole: string): readonly string[] {
  let rest = settled(whole);
  return excerpt
    .split('…')
    .map(settled)
    .filter((part) => {
      const at = rest.indexOf(part);
      if (at >= 0) rest = rest.slice(at + part.length);
      return at < 0;
    });
}

/** Each command of a block, with what the page says that it prints. */
const sessions = (block: string): readonly (readonly [command: string, printed: string])[] =>
  block
    .split(/^\$ client-apps /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n'))] as const);

describe('what docs/compromised-app.md shows', () => {
  let here: Project;
  beforeEach(() => {
    here = project();
  });
  afterEach(() => here.remove());

  it.each(BLOCKS.filter((block) => block.startsWith('$')).map((block) => [sessions(block)[0]?.[0] ?? '', block]))(
    '%s: is what the program prints',
    async (_, block) => {
      const salesforce = await fastOrg({ seedDir: messy(here) });
      const environment = login(salesforce);
      try {
        for (const [command, printed] of sessions(block)) {
          const { stdout, stderr }: Ended = await here.run(`${command} --org prod`, { environment });
          expect([command, missing(printed, `${stdout}${stderr}`.replaceAll(`${here.folder}/`, ''))]).toEqual([
            command,
            [],
          ]);
        }
      } finally {
        await salesforce.close();
      }
    },
  );

  it('are parts that stand in this order', () => {
    expect(missing('a … c', 'a b c')).toEqual([]);
    expect(missing('c … a', 'a b c')).toEqual(['a']);
  });
});
