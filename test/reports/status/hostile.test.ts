import type { OrgStatus } from '../../../lib/plan/status';
import { statusHtml } from '../../../lib/reports/status/html';
import { statusMarkdown } from '../../../lib/reports/status/markdown';
import { statusText } from '../../../lib/reports/status/text';
import { HOSTILE } from '../../import/hostile';

/** A fleet with this text wherever an org, a file or a person can put one. */
const fleet = (text: string): readonly OrgStatus[] => [
  {
    org: text,
    state: 'read',
    org_id: '00D000000000001AAA',
    in_sync: false,
    apps: [
      { api_name: text, platform: 'external-client-app', state: 'drifted', fields: [text] },
      { api_name: `${text}2`, platform: 'connected-app', state: 'not-evaluated', fields: [], because: text },
    ],
    beside: [text],
    rotations: [text],
    ends: [{ on: '2026-12-01', what: 'certificate', of: text, which: text }],
    not_evaluated: [text],
  },
  { org: `${text}3`, state: 'not-reachable', apps: [], beside: [], rotations: [text], ends: [], not_evaluated: [text] },
];
const about = { version: '0', today: '2026-11-21' };
const PLAIN = fleet('Portal');

/** The elements of a page with the names of their attributes, without any text. */
const elements = (page: string): readonly string[] =>
  [...page.matchAll(/<(\/?[a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = '', attributes = '']) =>
      `${name} ${[...attributes.matchAll(/([\w:-]+)(?:="[^"]*")?/g)].map(([, each]) => each).join(' ')}`,
  );

// What a terminal or a browser would obey or hide: control characters, and those that turn or hide text.
const OBEYED =
  // eslint-disable-next-line no-control-regex -- those are meant
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069]|[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/;

describe.each(HOSTILE.filter((text) => text !== ''))('%j in a status', (text) => {
  const orgs = fleet(text);

  it('adds no element and no attribute to the page', () => {
    expect(elements(statusHtml(orgs, about))).toEqual(elements(statusHtml(PLAIN, about)));
  });

  it('adds no line and no cell to the Markdown', () => {
    const [hostile, plain] = [orgs, PLAIN].map((each) => statusMarkdown(each, about.today).trimEnd().split('\n'));
    expect(hostile?.length).toBe(plain?.length);
    const cells = (lines: readonly string[] = []): readonly number[] =>
      lines.filter((line) => line.startsWith('|')).map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(cells(hostile)).toEqual(cells(plain));
  });

  it('is text, and nothing that a terminal obeys', () => {
    expect(statusText(orgs, about.today)).not.toMatch(OBEYED);
    expect(statusMarkdown(orgs, about.today)).not.toMatch(OBEYED);
  });
});
