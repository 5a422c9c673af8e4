import { escapedForSlack, slackChunks } from './slack-text';

/** What a channel is sent about drift. */
export interface DriftMessage {
  /** Of the run: 2 drift, 1 and 5 something could not be compared or read. */
  readonly exitCode: number;
  readonly orgs: readonly OrgMessage[];
  /** The report of the command as plain text. */
  readonly text: string;
  /** What `drift --json` prints. */
  readonly document: unknown;
  /** The page of the CI run. */
  readonly run?: string;
}

export interface OrgMessage {
  readonly org: string;
  readonly state: 'in sync' | 'drift' | 'not compared';
}

/** `Drift in prod; not compared: uat`. */
export function headline({ orgs }: Pick<DriftMessage, 'orgs'>): string {
  const named = (state: OrgMessage['state']): string =>
    orgs
      .filter((each) => each.state === state)
      .map(({ org }) => org)
      .join(', ');
  const [drift, unread] = [named('drift'), named('not compared')];
  const parts = [...(drift === '' ? [] : [`Drift in ${drift}`]), ...(unread === '' ? [] : [`not compared: ${unread}`])];
  return parts.length === 0 ? 'Client apps' : `Client apps: ${parts.join('; ')}`;
}

/** Slack: a header of 150 characters, 50 blocks, 3,000 characters in the text of a block. */
const SLACK = { header: 150, blocks: 50, text: 3000 } as const;

/** Slack's incoming webhooks. */
export function slackMessage(message: DriftMessage): object {
  const title = headline(message);
  const around = message.run === undefined ? 2 : 3;
  const chunks = slackChunks(message.text, SLACK.text);
  const shown = chunks.slice(0, SLACK.blocks - around);
  const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });
  const rest = chunks.length - shown.length;
  return {
    text: escapedForSlack(title),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(title, SLACK.header), emoji: false } },
      ...shown.map(section),
      ...(rest > 0 ? [section(CUT)] : []),
      ...(message.run === undefined ? [] : [section(`<${escapedForSlack(message.run)}|Open the run>`)]),
    ],
  };
}

const CUT = 'The report is too long for one message. See the run for all of it.';

/** Teams refuses a message of more than 28 KB; the envelope that Workflows adds is not counted by us. */
const TEAMS_BYTES = 26_000;

/** A flow of Teams that posts cards from a webhook ("Workflows"). */
export function teamsMessage(message: DriftMessage): object {
  const run = (text: string, style: object): object => ({
    type: 'RichTextBlock',
    spacing: 'None',
    // Not a TextBlock, which takes names of apps for Markdown, with links in them.
    inlines: [{ type: 'TextRun', text, ...style }],
  });
  const lines = message.text.trimEnd().split('\n');
  const card = (shown: number): object => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          msteams: { width: 'Full' },
          body: [
            run(cut(headline(message), 500), { size: 'Large', weight: 'Bolder' }),
            ...lines
              .slice(0, shown)
              .map((text) => run(cut(text, 2000) || ' ', { fontType: 'Monospace', size: 'Small' })),
            ...(shown < lines.length ? [run(CUT, { weight: 'Bolder' })] : []),
          ],
          ...(message.run !== undefined && {
            actions: [{ type: 'Action.OpenUrl', title: 'Open the run', url: message.run }],
          }),
        },
      },
    ],
  });
  let [fits, tooMany] = [0, lines.length + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (Buffer.byteLength(JSON.stringify(card(middle)), 'utf8') <= TEAMS_BYTES) fits = middle;
    else tooMany = middle;
  }
  return card(fits);
}

/** Receivers of any kind are known to take so much. */
const JSON_BYTES = 1_000_000;

/** For programs: the document of `drift --json`, left out where it is too large. */
export function jsonMessage({ exitCode, orgs, document, run }: DriftMessage): object {
  const message = {
    format_version: '1.0',
    event: 'drift',
    exit_code: exitCode,
    orgs,
    ...(run !== undefined && { run }),
  };
  const whole = { ...message, drift: document };
  return Buffer.byteLength(JSON.stringify(whole), 'utf8') <= JSON_BYTES ? whole : { ...message, truncated: true };
}

/** Characters are whole: half of a pair would be no text. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
