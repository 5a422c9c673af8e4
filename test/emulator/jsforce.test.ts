import { Connection } from 'jsforce';

import { readZip, writeZip } from '../../lib/metadata/package/zip';
import { appOf, packageOf, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

const OPTIONS = { rollbackOnError: true, singlePackage: true };

describe('jsforce, unmodified', () => {
  it('deploys over SOAP and polls to the end', async () => {
    const { connection } = await startOrg({ switches: { unfinishedPolls: 2, deployMs: 5 } });
    const seen: string[] = [];
    const zip = await writeZip(packageOf(appOf('Portal')));
    const locator = connection.metadata.deploy(zip, OPTIONS);
    locator.on('progress', (result: { status: string }) => seen.push(result.status));
    const result = await locator.complete(true);
    expect(result).toMatchObject({ status: 'Succeeded', success: true, done: true, numberComponentsDeployed: 5 });
    expect(seen).toEqual(['InProgress', 'InProgress']);
    expect(result.details?.componentSuccesses.map(({ fullName }) => fullName)).toContain('package.xml');
    expect(result.details?.runTestResult).toMatchObject({ numTestsRun: 0, totalTime: 0 });
  });

  it('deploys over REST and reads the status there', async () => {
    const { connection } = await startOrg();
    const { id } = (await connection.metadata.deployRest(await writeZip(packageOf(appOf('Portal'))), OPTIONS)) as {
      id: string;
    };
    await new Promise((resolve) => setTimeout(resolve, 20));
    const result = await connection.metadata.checkDeployStatus(id, true, true);
    expect(result).toMatchObject({ status: 'Succeeded', done: true });
    expect(result.details?.componentFailures).toEqual([]);
  });

  it('sees component failures with their position', async () => {
    const { connection } = await startOrg();
    const components = appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'api' } });
    const result = await connection.metadata.deploy(await writeZip(packageOf(components)), OPTIONS).complete(true);
    expect(result).toMatchObject({ status: 'Failed', success: false, numberComponentErrors: 1 });
    expect(result.details?.componentFailures).toHaveLength(1);
    expect(result.details?.componentFailures[0]).toMatchObject({
      componentType: 'ExtlClntAppOauthSettings',
      fileName: 'extlClntAppOauthSettings/Portal_oauth.ecaOauth',
      fullName: 'Portal_oauth',
      lineNumber: 3,
      problemType: 'Error',
      success: false,
    });
  });

  it('retrieves by its own parameter name and unpacks the zip', async () => {
    const { connection, deploy } = await startOrg({ switches: { unfinishedPolls: 2 } });
    await deploy(appOf('Portal'));
    const request = {
      apiVersion: 66,
      singlePackage: true,
      packageNames: [],
      specificFiles: [],
      unpackaged: { version: '66.0', types: [{ name: 'ExternalClientApplication', members: ['*'] }] },
    };
    const result = await connection.metadata.retrieve(request as never).complete();
    expect(result).toMatchObject({ done: true, success: true, status: 'Succeeded', messages: [] });
    expect(result.fileProperties).toHaveLength(1);
    const files = await readZip(Buffer.from(result.zipFile, 'base64'));
    expect(files.ok && [...files.value.keys()]).toEqual(['externalClientApps/Portal.eca', 'package.xml']);
  });

  it('describes the types of the version asked for', async () => {
    const { connection } = await startOrg();
    const names = async (version: string): Promise<readonly string[]> =>
      (await connection.metadata.describe(version)).metadataObjects.map(({ xmlName }) => xmlName);
    expect(await names('66.0')).toContain('ExtlClntAppCanvasSettings');
    expect(await names('66.0')).not.toContain('ExtlClntAppOauthSecuritySettings');
    expect(await names('67.0')).toContain('ExtlClntAppOauthSecuritySettings');
    expect(await names('62.0')).not.toContain('ExtlClntAppSamlConfigurablePolicies');
    expect(await names('50.0')).toEqual(expect.arrayContaining(['ConnectedApp', 'Settings']));
    expect(await names('50.0')).not.toContain('ExternalClientApplication');
  });

  it('recognizes an expired session and refreshes it once', async () => {
    const { url, accessToken } = await startOrg();
    let refreshed = 0;
    const connection = new Connection({
      instanceUrl: url,
      accessToken: `${accessToken}x`,
      version: '66.0',
      refreshFn: (_, done) => {
        refreshed += 1;
        done(null, accessToken);
      },
    });
    expect(await connection.metadata.list({ type: 'ConnectedApp' })).toEqual([]);
    expect((await connection.query('SELECT Id FROM Organization')).totalSize).toBe(1);
    expect(refreshed).toBe(1);
  });

  it('refuses a JWT access token for SOAP by itself, and REST takes it', async () => {
    const org = await startOrg();
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.jwtToken(), version: '66.0' });
    await expect(connection.metadata.list({ type: 'ConnectedApp' })).rejects.toThrow(/does not support JWT/);
    expect((await connection.query('SELECT Id FROM Organization')).records[0]).toMatchObject({ Id: org.orgId });
  });
});
