import { EXIT, type ExitCode, worst } from '../../lib/cli/exit-code';

const inOrder: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.unknownOutcome,
  EXIT.error,
  EXIT.unreachable,
  EXIT.stalePlan,
  EXIT.findings,
  EXIT.changes,
  EXIT.ok,
];

describe('the exit code of a run over several orgs', () => {
  it('is 0 where there is nothing to tell', () => {
    expect(worst([])).toBe(0);
    expect(worst([EXIT.ok, EXIT.ok])).toBe(0);
  });

  it('follows 130 and 6 before 1 before 5 before 4 before 3 before 2 before 0, in whichever order the orgs come', () => {
    expect(inOrder).toEqual([130, 6, 1, 5, 4, 3, 2, 0]);
    for (const [index, stronger] of inOrder.entries()) {
      for (const weaker of inOrder.slice(index)) {
        expect(worst([stronger, weaker])).toBe(stronger);
        expect(worst([weaker, stronger])).toBe(stronger);
      }
    }
  });
});
