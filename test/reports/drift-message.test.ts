import fc from 'fast-check';

import { type DriftMessage, headline, jsonMessage, slackMessage, teamsMessage } from '../../lib/reports/drift/message';

const message = (text: string, more: Partial<DriftMessage> = {}): DriftMessage => ({
  exitCode: 2,
  orgs: [{ org: 'prod', state: 'drift' }],
  text,
  document: { format_version: '1.0', orgs: [] },
  ...more,
});

interface Slack {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly text: { readonly text: string } }[];
}
const slack = (given: DriftMessage): Slack => slackMessage(given) as Slack;

/** Everything that a card shows, in order. */
function shownByTeams(given: DriftMessage): string {
  const { attachments } = teamsMessage(given) as {
    attachments: { content: { body: { type: string; inlines: { text: string }[] }[] } }[];
  };
  const body = attachments[0]?.content.body ?? [];
  expect(new Set(body.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
  return body.flatMap(({ inlines }) => inlines.map(({ text }) => text)).join('\n');
}

const longText = fc
  .array(fc.string({ unit: fc.constantFrom('a', '<', '&', '`', '```', '😀', ' ', '"', 'é'), maxLength: 400 }), {
    maxLength: 300,
  })
  .map((lines) => lines.join('\n'));

describe('a message about drift', () => {
  it('says first which orgs drifted, and which were not compared', () => {
    expect(headline(message(''))).toBe('Client apps: Drift in prod');
    const orgs = [
      { org: 'prod', state: 'drift' },
      { org: 'dev', state: 'in sync' },
      { org: 'uat', state: 'not compared' },
    ] as const;
    expect(headline({ orgs })).toBe('Client apps: Drift in prod; not compared: uat');
  });

  it('is within the limits of Slack, whatever is in it', () => {
    fc.assert(
      fc.property(longText, fc.boolean(), (text, withRun) => {
        const { blocks } = slack(message(text, withRun ? { run: 'https://ci.example/1' } : {}));
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const { type, text: block } of blocks) {
          expect(block.text.length).toBeLessThanOrEqual(type === 'header' ? 150 : 3000);
          expect(block.text.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('mentions nobody in Slack and links to nothing but the run', () => {
    const text = 'Label <!channel> <https://evil.example|Portal> & ``` @here';
    const { blocks } = slack(message(text, { run: 'https://ci.example/a?b=1&c=2' }));
    expect(blocks.map(({ text: block }) => block.text)).toEqual([
      'Client apps: Drift in prod',
      "```\nLabel &lt;!channel&gt; &lt;https://evil.example|Portal&gt; &amp; ''' @here\n```",
      '<https://ci.example/a?b=1&amp;c=2|Open the run>',
    ]);
  });

  it('says in Slack and in Teams that it is cut off, where it is', () => {
    const long = Array.from({ length: 5000 }, (_, index) => `field ${index} differs from what is declared`).join('\n');
    expect(slack(message(long)).blocks.at(-1)?.text.text).toContain('too long for one message');
    expect(shownByTeams(message(long))).toMatch(/field 0 [\s\S]*too long for one message/);
    expect(shownByTeams(message('short'))).toBe('Client apps: Drift in prod\nshort');
  });

  it('is smaller than the 28 KB of Teams, whatever is in it', () => {
    fc.assert(
      fc.property(longText, (text) => {
        const orgs = Array.from({ length: 200 }, (_, index) => ({ org: `org${index}`, state: 'drift' }) as const);
        expect(Buffer.byteLength(JSON.stringify(teamsMessage(message(text, { orgs }))))).toBeLessThan(28 * 1024);
      }),
      { numRuns: 50 },
    );
  });

  it('is for programs the document of drift, and without it where that is too large', () => {
    expect(jsonMessage(message('', { document: { orgs: [1] } }))).toMatchObject({
      event: 'drift',
      drift: { orgs: [1] },
    });
    const large = jsonMessage(message('', { document: 'x'.repeat(1_000_000) }));
    expect(large).toMatchObject({ event: 'drift', exit_code: 2, truncated: true });
    expect(large).not.toHaveProperty('drift');
  });
});
