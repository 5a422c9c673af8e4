import { jsonText } from '../../lib/values/ci-commands';
import { visible } from '../../lib/values/visible';

describe('commands that a CI server would carry out', () => {
  test.each([
    ['a ##vso[task.setvariable variable=PATH]evil', 'a \\u0023#vso[task.setvariable variable=PATH]evil'],
    ['x##[error]forged', 'x\\u0023#[error]forged'],
    ['##teamcity[buildStatus text=1]', '\\u0023#teamcity[buildStatus text=1]'],
    ['::add-mask::prod', '\\u003a:add-mask::prod'],
    ['far enough to be wrapped ::error file=a::b', 'far enough to be wrapped \\u003a:error file=a::b'],
  ])('are not printed: %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.each(['## Heading', 'C#', 'ns::Class', '::1', '::ffff:10.0.0.1', 'a[1]'])('leaves %s alone', (text) => {
    expect(visible(text)).toBe(text);
  });

  test('are spelled otherwise in JSON that means the same', () => {
    const document = { name: 'a\\##vso[x]', list: ['##[y]', '\u009b31mred \u007f'] };
    const text = jsonText(document);
    expect(text).not.toMatch(/##\w*\[|[\u007f-\u009f]/);
    expect(JSON.parse(text)).toEqual(document);
  });

  test('cost no more to find than the text is long', () => {
    const begun = process.cpuUsage().user;
    visible('::a '.repeat(50_000) + '#'.repeat(200_000) + 'x'.repeat(200_000));
    expect((process.cpuUsage().user - begun) / 1e6).toBeLessThan(3);
  });
});
