import { EXTERNAL_CLIENT_APP_TYPES } from '../../lib/metadata/fields';
import { observe } from '../../lib/metadata/observe';
import type { ObservedApp } from '../../lib/metadata/observed';

const TYPES = new Set(EXTERNAL_CLIENT_APP_TYPES.map(({ name }) => name));
const xml = (type: string, content: string): string =>
  `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;
const of = (app: string): string => `<externalClientApplication>${app}</externalClientApplication>`;

/** A complete app whose satellites have names of their own. */
const complete = (app: string, prefix = app): [string, string][] => [
  [`externalClientApps/${app}.eca`, xml('ExternalClientApplication', `<label>${app}</label>`)],
  [
    `extlClntAppGlobalOauthSets/${prefix}_g.ecaGlblOauth`,
    xml('ExtlClntAppGlobalOauthSettings', `${of(app)}<consumerKey>3MVG9</consumerKey>`),
  ],
  [`extlClntAppOauthSettings/${prefix}_o.ecaOauth`, xml('ExtlClntAppOauthSettings', of(app))],
  [`extlClntAppOauthPolicies/${prefix}_p.ecaOauthPlcy`, xml('ExtlClntAppOauthConfigurablePolicies', of(app))],
  [
    `extlClntAppPolicies/${prefix}_c.ecaPlcy`,
    xml('ExtlClntAppConfigurablePolicies', `${of(app)}<isEnabled>true</isEnabled>`),
  ],
];

function appIn(
  files: readonly [string, string][],
  name: string,
  problems: { fileName: string; problem: string }[] = [],
): ObservedApp | undefined {
  return observe({ files: new Map(files), problems, types: TYPES }).apps.get(name);
}

describe('putting an org together from files', () => {
  it('joins satellites by the app they name, not by their file names', () => {
    const app = appIn(complete('Portal', 'Something_else'), 'Portal');
    expect(app?.condition).toBe('present');
    expect(app?.components['ExtlClntAppOauthConfigurablePolicies']).toMatchObject({
      component: { fullName: 'Something_else_p' },
    });
  });

  it('calls an app without a consumer broken, not absent', () => {
    const files = complete('Portal').filter(([path]) => !path.includes('GlobalOauth'));
    expect(appIn(files, 'Portal')).toMatchObject({ condition: 'broken' });
    expect(appIn(complete('Portal').slice(1), 'Portal')).toMatchObject({ condition: 'broken' });
  });

  it('calls an app with an unreadable part unreadable, not absent, and says where', () => {
    const files = complete('Portal').map(([path, text]): [string, string] =>
      path.endsWith('.ecaOauth') ? [path, text.replace('</ExtlClnt', '</Extl')] : [path, text],
    );
    expect(appIn(files, 'Portal')).toMatchObject({
      condition: 'unreadable',
      reason: expect.stringContaining('line 1'),
    });
  });

  it('takes a message of the org about a component for that component', () => {
    const files = complete('Portal').filter(([path]) => !path.includes('GlobalOauth'));
    const problem = "Unable to retrieve ExtlClntAppGlobalOauthSettings 'Portal_g': UNKNOWN_EXCEPTION";
    expect(appIn(files, 'Portal', [{ fileName: 'package.xml', problem }])).toMatchObject({ condition: 'unreadable' });
  });

  it('keeps a message that names nothing, so that nobody takes the reading for complete', () => {
    const { unplaced } = observe({
      files: new Map(),
      problems: [{ fileName: 'package.xml', problem: 'Load of metadata from db failed' }],
      types: TYPES,
    });
    expect(unplaced).toEqual(['Load of metadata from db failed']);
  });

  it('does not choose between two records of one kind', () => {
    const twin: [string, string] = [
      'extlClntAppOauthSettings/Twin.ecaOauth',
      xml('ExtlClntAppOauthSettings', of('Portal')),
    ];
    expect(appIn([...complete('Portal'), twin], 'Portal')).toMatchObject({ condition: 'unreadable' });
  });

  it('shows components of other plugins with their app', () => {
    const canvas: [string, string] = [
      'extlClntAppCanvasSettings/X.ecaCanvas',
      xml('ExtlClntAppCanvasSettings', of('Portal')),
    ];
    expect(appIn([...complete('Portal'), canvas], 'Portal')?.otherComponents).toEqual(['ExtlClntAppCanvasSettings:X']);
  });

  it('knows Connected Apps by name', () => {
    expect(appIn([['connectedApps/Old.connectedApp', xml('ConnectedApp', '')]], 'Old')).toMatchObject({
      platform: 'connected-app',
    });
  });
});
