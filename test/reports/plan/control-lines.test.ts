import { controlWords } from '../../../lib/reports/plan/control-lines';

it('a control that objects less than before does not repeat its complaint as if that were gone', () => {
  const because = 'https://x.example: the address belongs to a developer tool.';
  const change = { control: 'SFCA-APP-CALLBACK-URLS', title: 't', before: 'fail', because } as const;
  expect(controlWords({ ...change, after: 'low-risk' })).toMatchObject({
    verb: 'no longer violates',
    because: `what remains is a low risk: ${because}`,
  });
  expect(controlWords({ ...change, after: 'pass' }).because).toBe(because);
});
