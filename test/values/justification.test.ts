import { justificationProblems } from '../../lib/values/justification';

const valid = { reason: 'No HTTPS client', approvedBy: 'sec@acme.example', expires: '2027-03-31' };
const codes = (change: Partial<typeof valid>, today = '2026-07-01') =>
  justificationProblems({ ...valid, ...change }, today).map(({ code, member }) => `${code} ${member}`);

describe('a justification', () => {
  it('with reason, approver and a date within a year holds', () => {
    expect(codes({})).toEqual([]);
  });

  it('holds through the whole of its last day and not a day longer', () => {
    expect(codes({}, '2027-03-31')).toEqual([]);
    expect(codes({}, '2027-04-01')).toEqual(['justification-expired expires']);
  });

  it('lasts a year at most', () => {
    expect(codes({ expires: '2027-07-01' })).toEqual([]);
    expect(codes({ expires: '2027-07-02' })).toEqual(['justification-too-long expires']);
  });

  it('granted on 29 February ends on 1 March of the next year at the latest', () => {
    expect(codes({ expires: '2029-03-01' }, '2028-02-29')).toEqual([]);
    expect(codes({ expires: '2029-03-02' }, '2028-02-29')).toEqual(['justification-too-long expires']);
  });

  it.each(['', 'soon', '2027-02-30', '2027-3-1', '31.03.2027'])('expiring on %j is refused', (expires) => {
    expect(codes({ expires })).toEqual(['justification-incomplete expires']);
  });

  it('tells everything that is missing at once', () => {
    expect(codes({ reason: ' ', approvedBy: '', expires: '2020-01-01' })).toEqual([
      'justification-incomplete reason',
      'justification-incomplete approvedBy',
      'justification-expired expires',
    ]);
  });
});
