import { SEED } from '../operations/support';
import { sarifProblems } from '../reports/audit/support';
import { type Project, project, twoApps } from './support';

let at: Project;
beforeEach(() => {
  at = project();
});
afterEach(() => at.remove());

interface Log {
  readonly runs: readonly {
    readonly results: readonly {
      readonly locations: readonly {
        readonly physicalLocation?: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
        readonly logicalLocations: readonly { readonly name: string; readonly fullyQualifiedName: string }[];
      }[];
    }[];
  }[];
}

describe('client-apps audit of an org that a program describes', () => {
  it('points to the declaration, and for what nobody declared to the program', async () => {
    at.synth(twoApps);
    await at.run(`apply --local --seed ${SEED} --auto-approve`);
    const { stdout } = await at.run('audit --local --format sarif');
    const log = JSON.parse(stdout) as Log;
    expect(sarifProblems(log)).toEqual([]);
    const places = (app: string) =>
      (log.runs[0]?.results ?? [])
        .map(({ locations }) => locations[0])
        .filter((location) => location?.logicalLocations[0]?.name === app)
        .map((location) => location?.physicalLocation);
    const [declared] = places('Portal');
    expect(declared?.artifactLocation.uri).toMatch(/test\/cli\/support\.ts$/);
    expect(declared?.region.startLine).toBeGreaterThan(100);
    const [found] = places('Legacy_Portal');
    expect(found?.artifactLocation.uri).toBe(declared?.artifactLocation.uri);
    expect(found?.region.startLine).toBe(1);
  });

  it('takes a declared app for the kind it declares', async () => {
    at.synth(twoApps);
    await at.run('apply --local --auto-approve');
    const { stdout } = await at.run('audit --local');
    expect(stdout).toContain('app Mobile, client kind public (declared)');
    at.write('audit.json', JSON.stringify({ format_version: '1.0', apps: [{ api_name: 'Mobile', kind: 'machine' }] }));
    const contradicted = await at.run('audit --local --config audit.json');
    expect(contradicted.code).toBe(1);
    expect(contradicted.stdout).toContain('a different kind of client than the program declares');
  });
});
