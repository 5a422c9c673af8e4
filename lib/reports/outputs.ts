import type { OrgOutputs } from '../operations/types';
import { quoted, visible } from '../values/visible';
import { BLANK, type Line, line, printLines } from './lines';
import type { RenderOptions } from './style';

type AppOutputs = OrgOutputs['apps'][number];

/** Consumer keys and other public facts, for people; programs take --json. */
export function outputsText(orgs: readonly OrgOutputs[], options: RenderOptions = {}): string {
  const lines = orgs.flatMap(({ org, org_id: orgId, instance_url: url, apps }) => [
    line(0, `Org ${visible(org)} (${visible(orgId)} at ${visible(url)})`, 'bold'),
    ...apps.flatMap(appLines),
    BLANK,
  ]);
  return printLines(lines, options);
}

function appLines({ api_name: name, label, kind, ...app }: AppOutputs): readonly Line[] {
  const heading = line(1, `${visible(name)} ${quoted(label)} (${kind})`);
  if (!app.exists) return [heading, line(2, 'not in the org: apply creates it', 'warn')];
  return [
    heading,
    line(2, `consumer key:  ${app.consumer_key === undefined ? 'not returned by the org' : visible(app.consumer_key)}`),
    line(2, `callback URLs: ${app.callback_urls.map(visible).join(', ') || '(none)'}`),
    line(2, `scopes:        ${app.scopes.map(visible).join(', ') || '(none)'}`),
  ];
}
