import { type Ended, type Project, project } from '../cli/support';
import { document } from './documents';

const PAGE = document('docs/start-from-an-org.md');

/** The lines of an excerpt, where they stand in the whole text in this order; else the first that does not. */
function firstMissing(excerpt: string, whole: string): string | undefined {
  let rest = whole.split('\n');
  for (const line of excerpt.split('\n').filter((each) => each.trim() !== '')) {
    const at = rest.indexOf(line);
    if (at < 0) return line;
    rest = rest.slice(at + 1);
  }
  return undefined;
}

describe('what the page on starting from an org shows of a project from an org', () => {
  let here: Project;
  let said: Ended;
  beforeAll(async () => {
    here = project();
    said = await here.run('init clients --from-org prod --ci github --local --seed ten-years');
  });
  afterAll(() => here.remove());

  it('is what the command says', () => {
    const shown = PAGE.blocks.find(({ text }) => text.startsWith('The first apply changes:'))?.text ?? '';
    expect(said.code).toBe(0);
    expect(shown).toContain('Not declared:');
    expect(firstMissing(shown, said.stdout)).toBeUndefined();
  });

  it('is what it writes', () => {
    const shown = PAGE.blocks.find(({ text }) => text.includes("'Customer_Portal'"))?.text ?? '';
    expect(shown).toContain('To keep it, with a reason and an approver:');
    expect(firstMissing(shown, here.read('clients/apps/customer-portal.ts'))).toBeUndefined();
  });

  it('is found where it stands in this order only', () => {
    expect(firstMissing('a\nb', 'a\nx\nb')).toBeUndefined();
    expect(firstMissing('b\na', 'a\nx\nb')).toBe('a');
  });
});
