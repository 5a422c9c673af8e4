import { importBlocks } from '../../lib/import/hcl';
import type { ObservedApp } from '../../lib/metadata/observed';
import { HOSTILE } from './hostile';
import { orgOf } from './random-orgs';

const TODAY = '2026-11-29';

const app = (apiName: string, platform: ObservedApp['platform'] = 'external-client-app'): ObservedApp => ({
  platform,
  apiName,
  condition: 'present',
  components:
    platform === 'connected-app'
      ? {
          ConnectedApp: {
            state: 'present',
            component: {
              type: 'ConnectedApp',
              fullName: apiName,
              fields: { 'oauthConfig.callbackUrl': ['https://acme.example/cb'] },
            },
          },
        }
      : {},
  otherComponents: [],
});

const blocks = (...apps: readonly ObservedApp[]): string =>
  importBlocks({ name: 'prod', observed: orgOf(apps), apiVersion: 66 }, new Map(), TODAY).file.text;

it('an import block names the app by its API name, on either platform', () => {
  expect(blocks(app('Portal'), app('Loader', 'connected-app'))).toBe(`provider "salesforce" {
  managed_by = "client-apps-prod/prod"
}

import {
  to = salesforce_external_client_app.Portal
  id = "Portal"
}

import {
  to = salesforce_connected_app.Loader
  id = "Loader"
}

# By the metadata's own names, and not as a resource of a kind of client:
# - Portal: as a private client: label: the option label is missing
`);
});

it.each([
  ['quote"d', 'quote_d', 'id = "quote\\"d"'],
  ['a\nb', 'a_b', 'id = "a\\nb"'],
  ['$' + '{file("x")}', '__file__x___', 'id = "$$' + '{file(\\"x\\")}"'],
  ['%' + '{if true}', '__if_true_', 'id = "%%' + '{if true}"'],
  ['1st', '_1st', 'id = "1st"'],
])('a hostile name is text, and nothing that Terraform runs: %j', (name, label, id) => {
  const text = blocks(app(name));
  expect(text).toContain(`to = salesforce_external_client_app.${label}\n`);
  expect(text).toContain(id);
});

it('whatever an app is called, it has one block, whose id is its very name', () => {
  const names = [...new Set(HOSTILE.filter((text) => text !== '' && !text.includes('\ud800')))];
  const text = blocks(...names.map((name) => app(name)));
  const ids = [...text.matchAll(/^ {2}id = (".*")$/gm)].map(
    ([, id = '']) => JSON.parse(id.replaceAll(/([$%])\1\{/g, '$1{')) as string,
  );
  expect(ids.sort()).toEqual([...names].sort());
  const labels = [...text.matchAll(/^ {2}to = salesforce_external_client_app\.(.*)$/gm)].map(([, label]) => label);
  expect(new Set(labels).size).toBe(names.length);
  for (const label of labels) expect(label).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
  // The provider block, four lines with a blank one before them for each, and in a comment why each is no kind of client.
  expect(text.trimEnd().split('\n')).toHaveLength(3 + 5 * names.length + 2 + names.length);
  expect(text).not.toMatch(/[^\S \n]|[\u200b\u202e]/);
});

it('two names that look alike to Terraform are two resources', () => {
  const text = blocks(app('a-b'), app('a.b'));
  expect(text).toContain('salesforce_external_client_app.a_b\n');
  expect(text).toContain('salesforce_external_client_app.a_b_2\n');
});

it('says of an app that it leaves out why, in a comment of one line', () => {
  const { file, apps } = importBlocks(
    { name: 'prod', observed: orgOf([app('Portal'), app('Old')]), apiVersion: 66 },
    new Map([['Old', 'goes in June\nprovider "evil" {}']]),
    TODAY,
  );
  expect(apps).toBe(1);
  expect(file.text).toContain('# - Old, kept as it is: goes in June');
  expect(file.text.split('\n').filter((line) => line.startsWith('provider'))).toEqual(['provider "salesforce" {']);
});
