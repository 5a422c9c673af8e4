import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { componentType } from '../../lib/metadata/fields';
import { CONNECTED_APP_PARTS } from '../../lib/metadata/fields/connected-app';
import { OTHER_PLUGIN_TYPES } from '../../lib/metadata/package/layout';
import { placeOf, type Setting, SETTINGS } from '../../lib/options/settings';
import { EXCUSES } from '../../lib/options/table';
import { APP_CONTROLS, CONTROLS } from '../../lib/policy/controls';
import { BOTH_PLATFORMS } from '../../lib/policy/define';
import { fieldsOf, setupOf } from '../../lib/policy/describe';
import { ORG_FIELDS } from '../../lib/policy/fields';
import { IMPOSSIBLE } from './controls/situations';

const FOLDER = 'lib/policy/controls';

describe('the controls', () => {
  it('are those of docs/controls.md, where a review sees that one comes or goes', () => {
    const page = readFileSync('docs/controls.md', 'utf8');
    const listed = [...page.matchAll(/^### (SFCA-[A-Z-]+)$/gm)].map(([, id]) => id);
    expect(CONTROLS.map(({ id }): string => id).sort()).toEqual(listed.sort());
  });

  it('stand in a file each, named after the id, or with their twin in the file of their theme', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts');
    const declared = files.flatMap((name) => {
      const text = readFileSync(join(FOLDER, name), 'utf8');
      const ids = [...text.matchAll(/^ +id: '(SFCA-[A-Z-]+)',$/gm)].map(([, id = '']) => id);
      const [only] = ids;
      if (name.startsWith('sfca-')) expect([name, ids.length]).toEqual([`${(only ?? '').toLowerCase()}.ts`, 1]);
      else expect([name, ids.length > 0 && ids.length % 2 === 0]).toEqual([name, true]);
      return ids;
    });
    expect(declared.sort()).toEqual(CONTROLS.map(({ id }) => id).sort());
  });

  it('each have cases of their own', () => {
    const folder = 'test/policy/controls';
    const text = readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const missing = CONTROLS.filter(({ id }) => !text.includes(`'${id}'`));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('lack a case only where a control that there is can never get one', () => {
    const known = new Set<string>(CONTROLS.map(({ id }) => id));
    expect(Object.keys(IMPOSSIBLE).filter((id) => !known.has(id))).toEqual([]);
    expect(Object.values(IMPOSSIBLE).filter((reasons) => reasons && 'unreadable' in reasons)).toEqual([]);
  });

  it('say everything about themselves', () => {
    for (const control of CONTROLS) {
      const texts = [control.title, control.recommended, control.risk, control.threat, control.source];
      for (const text of [...texts, control.remedy.code, setupOf(control)]) expect(text.length).toBeGreaterThan(10);
      expect(control.cvss.from).toBeLessThanOrEqual(control.cvss.to);
    }
  });

  it('head a violation with what is wrong, in other words than those for what is right', () => {
    for (const { id, title, finding } of CONTROLS) {
      expect([id, finding.length > 10, finding === title, /[.:]$/.test(finding)]).toEqual([id, true, false, false]);
    }
  });

  it('send nobody to a part of Setup that does not show the app', () => {
    const elsewhere = {
      'external-client-app': /App Manager > \(app\) > Edit|Manage Connected Apps/,
      'connected-app': /External Client App Manager/,
    } as const;
    const wrong = APP_CONTROLS.flatMap((control) =>
      control.appliesTo.flatMap((platform) => {
        const words = setupOf(control, platform);
        return elsewhere[platform].test(words) ? [`${control.id} on ${platform}: ${words}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('name fields of both platforms and settings that the field table knows', () => {
    const names = [
      ...Object.values<Setting>(SETTINGS).flatMap((setting) =>
        BOTH_PLATFORMS.flatMap((platform) => placeOf(setting, platform) ?? []).map(
          ({ type, field }) => `${type}.${field}`,
        ),
      ),
      ...Object.values(ORG_FIELDS),
    ];
    const unknown = names.filter((name) => {
      const [type = '', ...path] = name.split('.');
      const field = path.join('.');
      if (type === 'ConnectedApp' && CONNECTED_APP_PARTS.some((part) => part.name === field)) return false;
      const plugin = OTHER_PLUGIN_TYPES.find((each) => each.name === type)?.judged ?? [];
      return !plugin.includes(field) && !componentType(type)?.fields.some((candidate) => candidate.name === field);
    });
    // Not metadata: a query tells it.
    expect(unknown).toEqual([ORG_FIELDS.anyApiClientHolders]);
  });

  it('read a field on every platform they are for, unless there is none to read', () => {
    const without = APP_CONTROLS.filter((control) =>
      control.appliesTo.some((platform) => fieldsOf({ ...control, appliesTo: [platform] }).length === 0),
    );
    // They are about tokens, or about the names of apps.
    expect(without.map(({ id }) => id)).toEqual([
      'SFCA-APP-DORMANT',
      'SFCA-APP-DORMANT-TOKENS',
      'SFCA-APP-INACTIVE-USERS',
      'SFCA-CA-MIGRATED',
    ]);
  });

  it('are known to every option that takes a justification, and may be excused', () => {
    for (const ids of Object.values(EXCUSES)) {
      for (const id of ids ?? []) expect(CONTROLS.find((control) => control.id === id)?.exemptable).toBe(true);
    }
  });
});
