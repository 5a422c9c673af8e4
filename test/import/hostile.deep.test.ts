import { importProgram } from '../../lib/import';
import type { ImportedProgram } from '../../lib/import/model';
import type { ObservedApp } from '../../lib/metadata/observed';
import { removeTemporaryFolders } from '../constructs/support';
import { HOSTILE } from './hostile';
import { portal, withoutOwner } from './portal';
import { orgOf } from './random-orgs';
import { filledIn, manifestsOf, problemsOf } from './run-program';

const TODAY = '2026-11-21';
afterAll(removeTemporaryFolders);

const imported = (...apps: readonly ObservedApp[]): ImportedProgram =>
  importProgram({
    orgs: [{ name: 'prod', apiVersion: 66, observed: orgOf(apps.map(withoutOwner)) }],
    kinds: new Map(),
    keepAsIs: new Map(),
    today: TODAY,
  });

/** One app for each text, which is its label, its description, the key and the value of an attribute. */
const apps = HOSTILE.map((text, index) =>
  portal(
    {
      header: { label: text, description: text },
      settings: { customAttributes: [{ key: text, formula: text }] },
      // A change, so that a comment tells of the app.
      consumer: { isPkceRequired: false },
    },
    `App${index}`,
  ),
);

describe('labels, descriptions and keys that somebody chose to break a program', () => {
  const program = imported(...apps);

  it('give a program that compiles, as an org without apps does', () => {
    const none = imported();
    expect(problemsOf([program.files, none.files])).toEqual([]);
    expect(none.files[0]?.text).not.toContain('const prod');
  });

  it('are what they are in it, or the app is left out with the reason', () => {
    const [manifest] = manifestsOf(filledIn(program.files), TODAY);
    const declared = new Map(manifest?.apps.map((app) => [app.api_name, app.label]));
    HOSTILE.forEach((text, index) => {
      const name = `App${index}`;
      const left = program.not_declared.find(({ app }) => app === name);
      if (left) expect([name, left.reason]).toEqual([name, expect.stringMatching(/^as a private client: label/)]);
      else expect([name, declared.get(name)]).toEqual([name, text.trim()]);
    });
    expect(declared.size).toBeGreaterThan(HOSTILE.length / 2);
  });
});

it('a text that is refused cannot end the comment that tells of it', () => {
  const hostile = HOSTILE.map((text, index) =>
    portal(
      {
        settings: { customAttributes: [{ key: `${text}\nprocess.exit(1); // `, formula: '' }] },
        consumer: {
          callbackUrl: ['https://portal.acme.example/callback', `https://x.example/${text}\nprocess.exit(2)`],
        },
      },
      `App${index}`,
    ),
  );
  const { files } = imported(...hostile, {
    ...portal({}, 'Dark'),
    condition: 'unreadable',
    reason: 'a\nprocess.exit(3)',
  });
  for (const { text } of files) expect(text).not.toMatch(/^\s*process/m);
  expect(manifestsOf(filledIn(files), TODAY)[0]?.apps).toHaveLength(HOSTILE.length);
});

it('what looks like a value of Terraform is never taken for one', () => {
  const { not_declared: left } = imported(portal({ header: { label: '${TfToken[TOKEN.0]}' } }));
  expect(left).toMatchObject([{ app: 'Portal', state: 'not declared' }]);
});

it('a password in a callback URL comes into no file', () => {
  const url = 'https://user:hunter2@portal.acme.example/callback';
  const { files, not_declared: left } = imported(
    portal({ consumer: { callbackUrl: ['https://portal.acme.example/callback', url] } }),
    portal({ consumer: { callbackUrl: [url] } }, 'Only'),
  );
  expect(files.map(({ text }) => text).join()).not.toContain('hunter2');
  expect(left).toMatchObject([{ app: 'Only', reason: expect.stringContaining('user name or password') as string }]);
});

it('an app of which a record could not be read is not evaluated, and not declared', () => {
  const app = portal();
  const { files, not_declared: left } = imported(app, {
    ...portal({}, 'Dark'),
    condition: 'unreadable',
    reason: 'access denied',
  });
  expect(left).toMatchObject([{ app: 'Dark', state: 'not evaluated', reason: 'access denied' }]);
  expect(files[0]?.text).toContain('// - Dark, not evaluated: access denied');
});
