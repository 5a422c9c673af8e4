import type { ContractOrg } from './org';
import { is, open, type Probe, type Probes } from './probe';

/** True where the query is answered, false where the platform does not know the object or field. */
const queryable = (soql: string, api = 'query'): Probe<boolean> => ({
  level: 'read',
  ask: async (org) => {
    const status = await org.status(`/services/data/{v}/${api}?q=${encodeURIComponent(soql)}`);
    return status === 200 || status === 400 ? is(status === 200) : open(`the query is answered with HTTP ${status}`);
  },
});

const tagged = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`<${name}>([^<]+)</${name}>`, 'g'))].map(([, value]) => value ?? '');

/** Answered by reading alone. */
export const READ: Probes = {
  apexClassesQueryable: queryable('SELECT Id FROM ApexClass LIMIT 1'),
  apiAccessControlAvailable: queryable('SELECT PermissionsUseAnyApiClient FROM PermissionSet LIMIT 1'),
  certificatesQueryable: queryable('SELECT Id FROM Certificate LIMIT 1', 'tooling/query'),
  deployRequestsQueryable: queryable('SELECT Status FROM DeployRequest LIMIT 1', 'tooling/query'),
  eventLogFilesAvailable: queryable('SELECT Id FROM EventLogFile LIMIT 1'),
  oauthTokenOffsets: queryable('SELECT UserId FROM OauthToken LIMIT 2500 OFFSET 2500'),
  latestApiVersion: {
    level: 'read',
    ask: async (org) => {
      const versions = (await org.json('/services/data')) as readonly { readonly version: string }[];
      const latest = Math.max(...versions.map(({ version }) => Number(version)));
      return latest > 0 ? is(latest) : open('the list of versions was not answered');
    },
  },
  retiredVersionStatus: {
    level: 'read',
    ask: async (org) => {
      const status = await org.status('/services/data/v30.0/query?q=SELECT+Id+FROM+User+LIMIT+1');
      return status === 404 || status === 410 ? is(status) : open(`a retired version is answered with HTTP ${status}`);
    },
  },
  oauthUsageNeedsSecretAccess: {
    level: 'read',
    ask: async (org) => {
      const path = '/services/data/{v}/apps/oauth/usage';
      const status = await org.status(path);
      if (status === 403) {
        // A user without the permission is refused as well, which says nothing about the org.
        return JSON.stringify(await org.json(path)).includes('FUNCTIONALITY_NOT_ENABLED')
          ? is(true)
          : open('the resource is refused for another reason than the org switch');
      }
      if (status !== 200) return open(`the resource is answered with HTTP ${status}`);
      const settings = await org.retrieve('Settings', 'ExternalClientApp');
      return settings.includes('<enableClientSecretInRestApiAccess>true')
        ? open('secrets can be read through the REST API of this org, so that the resource shows nothing')
        : is(false);
    },
  },
  sourceTracking: {
    level: 'read',
    ask: async (org) => {
      const [organization] = (await org.rows('SELECT IsSandbox FROM Organization')) ?? [];
      if (organization?.['IsSandbox'] !== true) return open('only sandboxes and scratch orgs track their source');
      const status = await org.status('/services/data/{v}/tooling/sobjects/SourceMember/describe');
      return status === 200 || status === 404 ? is(status === 200) : open(`it is answered with HTTP ${status}`);
    },
  },
  crudForEveryEcaType: {
    level: 'read',
    ask: async (org) => {
      const read = '<type>ExtlClntAppConfigurablePolicies</type><fullNames>Zz_Contract_None</fullNames>';
      const { status, text } = await org.soap('readMetadata', read);
      if (status === 200) return is(true);
      const [, why] = /<faultcode>(?:\w+:)?(\w+)</.exec(text) ?? [];
      return why === 'INVALID_TYPE' ? is(false) : open(`the call is answered with ${why ?? `HTTP ${status}`}`);
    },
  },
  permissionSetLabelsOnRetrieve: { level: 'read', ask: labelsOnRetrieve },
};

async function labelsOnRetrieve(org: ContractOrg) {
  const named = tagged(await org.retrieve('ConnectedApp'), 'permissionSetName');
  const sets = (await org.rows('SELECT Name, Label FROM PermissionSet')) ?? [];
  const differing = sets.filter(({ Name: name, Label: label }) => name !== label);
  if (differing.some(({ Label: label }) => named.includes(String(label)))) return is(true);
  if (differing.some(({ Name: name }) => named.includes(String(name)))) return is(false);
  return open('no Connected App of this org names a permission set whose label is another than its name');
}
