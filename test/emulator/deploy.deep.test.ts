import JSZip from 'jszip';

import { appOf, type Components, file, manifest, packageOf, startOrg, stopOrgs, without } from './support';

afterEach(stopOrgs);

const HEADERS = { ExternalClientApplication: ['*'] };
const HEADER = 'ExternalClientApplication';

const headerOf = (name: string): Components =>
  without(
    appOf(name),
    ...appOf(name)
      .slice(1)
      .map(([type]) => type),
  );

describe('a first deploy', () => {
  it('creates the app, its key and its links', async () => {
    const org = await startOrg();
    const deployed = await org.deploy(appOf('Portal'));
    expect(deployed).toMatchObject({ status: 'Succeeded', numberComponentsTotal: 5, problems: [] });
    const { files } = await org.retrieve({
      ...HEADERS,
      ExtlClntAppGlobalOauthSettings: ['*'],
      ExtlClntAppOauthSettings: ['*'],
    });
    const short = org.orgId.slice(0, 15);
    expect(files.get('extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth')).toMatch(
      /<consumerKey>3MVG9\w*EMULATOR\w+<\/consumerKey>/,
    );
    expect(files.get('externalClientApps/Portal.eca')).toContain(`<orgScopedExternalApp>${short}:Portal<`);
    expect(files.get('extlClntAppOauthSettings/Portal_oauth.ecaOauth')).toMatch(
      new RegExp(`<oauthLink>${short}:888\\w{12}</oauthLink>`),
    );
  });

  it('lists every component as created, and the manifest without a type', async () => {
    const org = await startOrg();
    const { successes } = await org.deploy(appOf('Portal'));
    const manifestEntry = successes.find(({ fullName }) => fullName === 'package.xml');
    expect(manifestEntry).toMatchObject({ componentType: '', success: true });
    const others = successes.filter((one) => one !== manifestEntry);
    expect(others).toHaveLength(5);
    expect(
      others.every(({ created, changed, id }) => created === true && changed === false && String(id).length === 18),
    ).toBe(true);
  });

  it('makes policies of its own when none are sent', async () => {
    const org = await startOrg();
    await org.deploy(
      without(appOf('Portal'), 'ExtlClntAppOauthConfigurablePolicies', 'ExtlClntAppConfigurablePolicies'),
    );
    const { files } = await org.retrieve({
      ExtlClntAppOauthConfigurablePolicies: ['*'],
      ExtlClntAppConfigurablePolicies: ['*'],
    });
    expect([...files.keys()].filter((path) => path !== 'package.xml').sort()).toEqual([
      'extlClntAppOauthPolicies/Portal_oauth_defaultPolicy.ecaOauthPlcy',
      'extlClntAppPolicies/Portal_defaultPolicy.ecaPlcy',
    ]);
  });
});

describe('an update', () => {
  it('keeps the key, the link and the ids', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const members = { ExtlClntAppGlobalOauthSettings: ['*'], ExtlClntAppOauthSettings: ['*'] };
    const key = (files: ReadonlyMap<string, string>): unknown =>
      [...files.values()].map((text) => /<(?:consumerKey|oauthLink)>[^<]+/.exec(text)?.[0]).sort();
    const before = key((await org.retrieve(members)).files);
    const changed = await org.deploy(appOf('Portal', { global: { isPkceRequired: false }, oauth: { label: 'New' } }));
    expect(changed.status).toBe('Succeeded');
    expect(key((await org.retrieve(members)).files)).toEqual(before);
  });

  it('says which components changed and which did not', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const { successes } = await org.deploy(appOf('Portal', { header: { description: 'New' } }));
    const flags = new Map(
      successes.map(({ componentType, changed, created }) => [componentType, { changed, created }]),
    );
    expect(flags.get(HEADER)).toEqual({ changed: true, created: false });
    expect(flags.get('ExtlClntAppOauthSettings')).toEqual({ changed: false, created: false });
  });
});

describe('all or nothing', () => {
  const half: Components = [...appOf('Good'), ...appOf('Bad', { oauth: { commaSeparatedOauthScopes: 'api' } })];

  it('keeps nothing of a package with one error', async () => {
    const org = await startOrg();
    const deployed = await org.deploy(half);
    expect(deployed).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
    expect((await org.retrieve(HEADERS)).files.size).toBe(1);
  });

  it('keeps what is right with rollbackOnError=false', async () => {
    const org = await startOrg();
    const deployed = await org.deploy(half, { rollbackOnError: false });
    expect(deployed.status).toBe('SucceededPartial');
    expect(deployed.failures.map(({ fullName }) => fullName)).toContain('Bad_oauth');
    expect([...(await org.retrieve(HEADERS)).files.keys()]).toContain('externalClientApps/Good.eca');
  });

  it('changes nothing with checkOnly, but reports the same', async () => {
    const org = await startOrg();
    expect(await org.deploy(appOf('Portal'), { checkOnly: true })).toMatchObject({
      status: 'Succeeded',
      numberComponentsTotal: 5,
    });
    expect((await org.retrieve(HEADERS)).files.size).toBe(1);
    expect((await org.deploy(half, { checkOnly: true })).status).toBe('Failed');
  });
});

describe('the package', () => {
  it('stands in one folder when it is not a single package', async () => {
    const org = await startOrg();
    const inFolder = new Map([...packageOf(appOf('Portal'))].map(([path, text]) => [`unpackaged/${path}`, text]));
    expect((await org.deploy(inFolder, { singlePackage: false })).status).toBe('Succeeded');
    expect((await org.deploy(inFolder)).problems).toEqual(['No package.xml found']);
    expect((await org.deploy(packageOf(appOf('Portal')), { singlePackage: false })).problems).toEqual([
      'No package.xml found',
    ]);
  });

  it('must hold what its manifest names', async () => {
    const org = await startOrg();
    const files = new Map([['package.xml', manifest({ [HEADER]: ['Portal'] })]]);
    expect((await org.deploy(files)).problems).toEqual([
      "An object 'Portal' of type ExternalClientApplication was named in package.xml, but was not found in zipped directory",
    ]);
    expect((await org.deploy(files, { allowMissingFiles: true })).status).toBe('Succeeded');
  });

  it('must name what it holds, by name or wildcard', async () => {
    const org = await startOrg();
    const files = packageOf(headerOf('Portal'));
    files.set('package.xml', manifest({}));
    expect((await org.deploy(files)).failures).toMatchObject([{ problem: 'Not in package.xml', fullName: 'Portal' }]);
    files.set('package.xml', manifest({ [HEADER]: ['*'] }));
    expect((await org.deploy(files)).status).toBe('Succeeded');
  });

  it.each([
    [
      'an unknown type',
      manifest({ ApexClass: ['A'] }),
      "Entity type: 'ApexClass' is unknown (outside the types the emulator implements)",
    ],
    [
      'a type younger than its version',
      manifest({ ExtlClntAppCanvasSettings: ['A'] }, '65.0'),
      "Entity type: 'ExtlClntAppCanvasSettings' is unknown in API version 65.0",
    ],
    ['no version', manifest({}).replace(/<version>.*<\/version>/, ''), 'Invalid version specified:'],
    ['a version of the future', manifest({}, '99.0'), 'Invalid version specified:99.0'],
    [
      'another root element',
      manifest({}).replaceAll('Package', 'Parcel'),
      'Error parsing file: the root element is Parcel, not Package',
    ],
  ])('is refused with %s', async (_, text, problem) => {
    const org = await startOrg();
    expect((await org.deploy(new Map([['package.xml', text]]))).problems).toEqual([problem]);
  });

  it('is refused with files of no known type', async () => {
    const org = await startOrg();
    const files = new Map([...packageOf(headerOf('Portal')), ['classes/A.cls', 'class A {}']]);
    expect((await org.deploy(files)).problems[0]).toContain('classes/A.cls');
  });

  it('is refused when it is no zip, or damaged', async () => {
    const org = await startOrg();
    const answer = (await (await org.postDeploy(Buffer.from('no zip'))).json()) as { id: string };
    expect(await org.waitFor(answer.id)).toMatchObject({ status: 'Failed', errorStatusCode: 'UNKNOWN_EXCEPTION' });
  });

  it('is refused with more than 10,000 files, or 39 MB', async () => {
    const org = await startOrg();
    const many = new JSZip();
    for (let n = 0; n < 10_001; n += 1) many.file(`externalClientApps/A${n}.eca`, 'x', { createFolders: false });
    const { id } = (await (await org.postDeploy(await many.generateAsync({ type: 'nodebuffer' }))).json()) as {
      id: string;
    };
    expect(await org.waitFor(id)).toMatchObject({ status: 'Failed', errorStatusCode: 'LIMIT_EXCEEDED' });
    const answer = await org.postDeploy(Buffer.alloc(39 * 1024 * 1024 + 1));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject([{ errorCode: 'LIMIT_EXCEEDED' }]);
  });
});

describe('deletions', () => {
  const destructive = (
    members: Readonly<Record<string, string[]>>,
    name = 'destructiveChanges.xml',
  ): Map<string, string> =>
    new Map([
      ['package.xml', manifest({})],
      [name, manifest(members)],
    ]);

  it('take the parts of an app along', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const deployed = await org.deploy(destructive({ [HEADER]: ['Portal'] }));
    expect(deployed).toMatchObject({ status: 'Succeeded' });
    expect(deployed.successes).toContainEqual(expect.objectContaining({ fullName: 'Portal', deleted: true }));
    const all = { ...HEADERS, ExtlClntAppGlobalOauthSettings: ['*'], ExtlClntAppOauthConfigurablePolicies: ['*'] };
    expect([...(await org.retrieve(all)).files.keys()]).toEqual(['package.xml']);
  });

  it('give a new key to an app that is created again', async () => {
    const org = await startOrg();
    const keyOf = async (): Promise<string | undefined> => {
      const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
      return /<consumerKey>(\w+)/.exec([...files.values()].join(''))?.[1];
    };
    await org.deploy(appOf('Portal'));
    const before = await keyOf();
    await org.deploy(destructive({ [HEADER]: ['Portal'] }));
    await org.deploy(appOf('Portal'));
    expect(before).toBeDefined();
    expect(await keyOf()).not.toBe(before);
  });

  it('of what is not there are warnings', async () => {
    const org = await startOrg();
    expect(await org.deploy(destructive({ [HEADER]: ['Gone'] }))).toMatchObject({
      status: 'Failed',
      failures: [{ problem: 'No ExternalClientApplication named: Gone found', problemType: 'Warning' }],
    });
    expect((await org.deploy(destructive({ [HEADER]: ['Gone'] }), { ignoreWarnings: true })).status).toBe('Succeeded');
  });

  it('take no wildcards and no settings', async () => {
    const org = await startOrg();
    expect((await org.deploy(destructive({ [HEADER]: ['*'] }))).problems[0]).toContain('Wildcards are not allowed');
    await org.deploy([['OauthOidcSettings', 'OauthOidc', { isPkceRequired: true }]]);
    expect((await org.deploy(destructive({ Settings: ['OauthOidc'] }))).problems[0]).toContain("can't be deleted");
  });

  it('run before the additions, or after them when asked to', async () => {
    const org = await startOrg();
    await org.deploy(headerOf('Old'));
    const both = (name: string): Map<string, string> =>
      new Map([...packageOf(headerOf('Old')), [name, manifest({ [HEADER]: ['Old'] })]]);
    for (const name of ['destructiveChanges.xml', 'destructiveChangesPre.xml']) {
      expect((await org.deploy(both(name))).status).toBe('Succeeded');
      expect((await org.retrieve(HEADERS)).files.size).toBe(2);
    }
    expect((await org.deploy(both('destructiveChangesPost.xml'))).status).toBe('Succeeded');
    expect((await org.retrieve(HEADERS)).files.size).toBe(1);
  });

  it('of a permission set that a policy names are refused', async () => {
    const org = await startOrg({ switches: { permissionSetsCountInSameDeploy: true } });
    const policy = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' };
    await org.deploy([['PermissionSet', 'Access', { label: 'Access' }], ...appOf('Portal', { policy })]);
    expect((await org.deploy(destructive({ PermissionSet: ['Access'] }))).problems).toEqual([
      'DEPENDENCY_EXISTS: Access is used by Portal_oauthPlcy',
    ]);
  });
});

describe('deploy options', () => {
  it.each([
    ['NoTestRun', { testLevel: 'NoTestRun' }, 'testLevel of NoTestRun cannot be used in production organizations'],
    ['partial deploys', { rollbackOnError: false }, 'rollbackOnError must be true'],
    ['allowMissingFiles', { allowMissingFiles: true }, 'allowMissingFiles'],
    ['purgeOnDelete', { purgeOnDelete: true }, 'purgeOnDelete'],
  ])('refuse %s in production only', async (_, options, message) => {
    const production = await startOrg({ profile: 'production' });
    const answer = await production.postDeploy(packageOf(appOf('Portal')), options);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject([
      { errorCode: 'INVALID_OPERATION', message: expect.stringContaining(message) as string },
    ]);
    const developer = await startOrg();
    expect((await developer.deploy(appOf('Portal'), options)).status).toBe('Succeeded');
  });

  it('must be known, and of their type', async () => {
    const org = await startOrg();
    for (const [options, message] of [
      [{ rolbackOnError: true }, 'No such deploy option: rolbackOnError'],
      [{ checkOnly: 'yes' }, "'yes' is not a valid value"],
      [{ testLevel: 'Some' }, "'Some' is not a valid value for the enum 'TestLevel'"],
    ] as const) {
      const answer = await org.postDeploy(packageOf(appOf('Portal')), options);
      expect(await answer.json()).toMatchObject([{ message: expect.stringContaining(message) as string }]);
    }
  });

  it('are echoed with the url of the job', async () => {
    const org = await startOrg();
    const answer = (await (await org.postDeploy(packageOf(appOf('Portal')))).json()) as Record<string, unknown>;
    expect(answer).toMatchObject({
      deployOptions: { rollbackOnError: true, ignoreWarnings: false, checkOnly: false },
      deployResult: { status: 'Pending', done: false },
    });
    expect(String(answer['id'])).toMatch(/^0Af\w{15}$/);
    expect(String(answer['url'])).toContain(`/metadata/deployRequest/${String(answer['id'])}`);
  });
});

describe('files', () => {
  const CASES: readonly (readonly [string, string, string, number, number])[] = [
    [
      'an unknown element',
      '<isPkceRequried>true</isPkceRequried>',
      'Element {http://soap.sforce.com/2006/04/metadata}isPkceRequried invalid at this location in type ExtlClntAppGlobalOauthSettings',
      4,
      3,
    ],
    [
      'an element of a later version',
      '<isDPopEnabled>true</isDPopEnabled>',
      'isDPopEnabled invalid at this location in type ExtlClntAppGlobalOauthSettings (API version 66.0; the element exists since 68.0)',
      4,
      3,
    ],
    [
      'a boolean that is none',
      '<isPkceRequired>yes</isPkceRequired>',
      "'yes' is not a valid value for the type xsd:boolean (isPkceRequired)",
      4,
      3,
    ],
    ['an element given twice', '<label>b</label>', 'Duplicate element label', 4, 3],
    [
      'a number that is none',
      '<idTokenConfig><idTokenValidityInMinutes>two</idTokenValidityInMinutes></idTokenConfig>',
      "'two' is not a valid value for the type xsd:int (idTokenValidityInMinutes)",
      4,
      18,
    ],
    ['a record where text belongs', '<callbackUrl><url>x</url></callbackUrl>', 'callbackUrl has elements inside', 4, 3],
    ['text inside the record', 'words', 'text is not allowed inside ExtlClntAppGlobalOauthSettings', 2, 1],
  ];

  it.each(CASES)('are refused with %s, and where', async (_, line, problem, lineNumber, columnNumber) => {
    const org = await startOrg();
    const files = packageOf(appOf('Portal'));
    const path = 'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth';
    const text = file('ExtlClntAppGlobalOauthSettings', { label: 'a', externalClientApplication: 'Portal' });
    files.set(path, text.replace('</label>\n', `</label>\n  ${line}\n`));
    expect((await org.deploy(files)).failures).toContainEqual(
      expect.objectContaining({
        fileName: path,
        fullName: 'Portal_glbloauth',
        problem: expect.stringContaining(problem) as string,
        lineNumber,
        columnNumber,
      }),
    );
  });

  it('are refused without what their type requires', async () => {
    const org = await startOrg();
    expect(
      (await org.deploy([['ExtlClntAppConfigurablePolicies', 'A', { externalClientApplication: 'A' }]])).problems,
    ).toEqual(['Required field is missing: isEnabled']);
  });

  it('are refused when they are not well formed, or of another type', async () => {
    const org = await startOrg();
    const files = packageOf(headerOf('Portal'));
    files.set('externalClientApps/Portal.eca', '<ExternalClientApplication>');
    expect((await org.deploy(files)).problems[0]).toMatch(/^Error parsing file: /);
    files.set('externalClientApps/Portal.eca', file('ConnectedApp', { label: 'a' }));
    expect((await org.deploy(files)).problems[0]).toContain('the root element must be ExternalClientApplication');
    files.set('externalClientApps/Portal.eca', file(HEADER, {}).replace(/ xmlns="[^"]*"/, ''));
    expect((await org.deploy(files)).problems[0]).toContain('http://soap.sforce.com/2006/04/metadata');
  });

  it('may use an element only in the versions that have it', async () => {
    const org = await startOrg();
    const policy = { isNamedUserJwtEnabled: false };
    expect((await org.deploy(appOf('Portal', { policy }), {}, '63.0')).status).toBe('Succeeded');
    expect((await org.deploy(appOf('Portal', { policy }), {}, '64.0')).problems[0]).toContain('exists until 63.0');
    const settings = (version: string) =>
      org.deploy([['ExternalClientAppSettings', 'ExternalClientApp', { enableExternalClientApps: true }]], {}, version);
    expect((await settings('62.0')).status).toBe('Succeeded');
    expect((await settings('63.0')).problems[0]).toContain('enableExternalClientApps invalid at this location');
  });
});
