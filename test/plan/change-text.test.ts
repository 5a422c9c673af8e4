import { valueText } from '../../lib/plan/change-text';

const shown = (row: Readonly<Record<string, string>>): string =>
  valueText('ExtlClntAppOauthSettings', 'trustedIpRanges', { state: 'value', value: [row] });

describe('the text of a row', () => {
  it('is the same in whatever order an org spells its members', () => {
    const text = '{ startIpAddress: 203.0.113.0, endIpAddress: 203.0.113.63, description: Office }';
    const [start, end, description] = ['203.0.113.0', '203.0.113.63', 'Office'];
    expect(shown({ startIpAddress: start, endIpAddress: end, description })).toBe(text);
    expect(shown({ description, endIpAddress: end, startIpAddress: start })).toBe(text);
  });

  it('has what the table does not know at its end, by name', () => {
    expect(shown({ zone: 'b', area: 'a', endIpAddress: '203.0.113.63' })).toBe(
      '{ endIpAddress: 203.0.113.63, area: a, zone: b }',
    );
  });
});
