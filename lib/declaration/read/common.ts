import type { Reading } from '../reading';
import { readAdminPolicies, readCustomScopes } from './admin-policies';
import { readApexHandler, readDisabledPlugins } from './app-parts';
import { readAssetToken } from './asset-token';
import { readExperimental } from './experimental';
import { readIntrospection, readTokenExchange } from './flows';
import { readApiName, readPermittedUsers, readScopes } from './names';
import { readPlatform } from './platform';
import { readCustomAttributes, readIpRelaxation } from './policies';
import type { Props } from './props';
import { readAccessTokens } from './tokens';
import { readBoolean, readEmail, readHttpsUrl, readLines, readText } from './values';

/** Options that every kind has. Values stand in for what was reported, so that reading goes on to the next problem. */
export function readCommon(props: Props, reading: Reading) {
  const adopt = readBoolean(props['adopt'], 'adopt', reading) ?? false;
  const apiName = readApiName(props['apiName'], adopt, reading);
  const customScopes = readCustomScopes(props['customScopes'], 'customScopes', reading);
  const customAttributes = readCustomAttributes(props['customAttributes'], reading);
  return {
    ...readPlatform(props, reading),
    apiName,
    path: reading.context.path,
    ...readHeader(props, reading),
    scopes: readScopes(props['scopes'], reading),
    ...(customScopes && { customScopes }),
    permittedUsers: readPermittedUsers(props['permittedUsers'], reading),
    accessToken: readAccessTokens(props['accessTokens'], reading),
    ipRelaxation: readIpRelaxation(props['ipRelaxation'], reading),
    tokenExchange: readTokenExchange(props['tokenExchange'], reading),
    introspectAllTokens: readIntrospection(props['introspectAllTokens'], reading),
    ...(customAttributes && { customAttributes }),
    ...readParts(props, reading),
    adopt,
    ...readTerraformOptions(props, reading),
  };
}

/** Parts of the app that only some apps have. */
function readParts(props: Props, reading: Reading) {
  const assetToken = readAssetToken(props['assetToken'], reading);
  const apexHandler = readApexHandler(props['apexHandler'], reading);
  const adminPolicies = readAdminPolicies(props['adminPolicies'], reading);
  const disabledPlugins = readDisabledPlugins(props['disabledPlugins'], reading);
  const dpop = readBoolean(props['dpop'], 'dpop', reading);
  const securitySettings = readExperimental(props['experimental'], reading);
  const ipBinding = readBoolean(props['ipBinding'], 'ipBinding', reading);
  return {
    ...(assetToken && { assetToken }),
    ...(apexHandler && { apexHandler }),
    ...(adminPolicies && { adminPolicies }),
    ...(disabledPlugins && { disabledPlugins }),
    ...(dpop !== undefined && { dpop }),
    ...(securitySettings && { securitySettings }),
    ...(ipBinding !== undefined && { ipBinding }),
  };
}

/** Options about what Terraform may do. On the command line, people say so by flags. */
function readTerraformOptions(props: Props, reading: Reading) {
  const deletionProtection = readBoolean(props['deletionProtection'], 'deletionProtection', reading);
  const reEnable = readBoolean(props['reEnable'], 'reEnable', reading);
  const { engine = 'null', id } = reading.context;
  if (engine === 'null' && deletionProtection === false) {
    reading.report('engine-cannot', 'deletionProtection', {
      problem: 'with engine null Terraform never deletes an app',
      allowed: 'engine provider',
      remedy: `remove the option; client-apps apply --prune deletes what is no longer declared`,
    });
  }
  if (engine === 'null' && reEnable === true) {
    reading.report('engine-cannot', 'reEnable', {
      problem: 'with engine null a stopped app is switched on by the command line, not by Terraform',
      allowed: 'engine provider',
      remedy: `remove the option, and run client-apps apply --re-enable ${id}`,
    });
  }
  const allowCertificateRemoval = readBoolean(props['allowCertificateRemoval'], 'allowCertificateRemoval', reading);
  if (engine === 'null' && allowCertificateRemoval === true) {
    reading.report('engine-cannot', 'allowCertificateRemoval', {
      problem: 'with engine null a certificate is removed by the command line, not by Terraform',
      allowed: 'engine provider',
      remedy: `remove the option, and run client-apps apply --allow-certificate-removal ${id}`,
    });
  }
  return {
    ...(deletionProtection !== undefined && { deletionProtection }),
    ...(reEnable !== undefined && { reEnable }),
    ...(allowCertificateRemoval !== undefined && { allowCertificateRemoval }),
  };
}

function readHeader(props: Props, reading: Reading) {
  if (props['label'] === undefined) reading.missing('label', 'the name of the app as people read it');
  const description = readDescription(props['description'], reading);
  const contactPhone = readText(props['contactPhone'], 'contactPhone', reading);
  const infoUrl = readHttpsUrl(props['infoUrl'], 'infoUrl', reading);
  const logoUrl = readHttpsUrl(props['logoUrl'], 'logoUrl', reading);
  const iconUrl = readHttpsUrl(props['iconUrl'], 'iconUrl', reading);
  return {
    label: readText(props['label'], 'label', reading) ?? '',
    contactEmail: readContact(props['contactEmail'], reading),
    ...(description !== undefined && { description }),
    ...(contactPhone !== undefined && { contactPhone }),
    ...(infoUrl !== undefined && { infoUrl }),
    ...(logoUrl !== undefined && { logoUrl }),
    ...(iconUrl !== undefined && { iconUrl }),
  };
}

function readContact(value: unknown, reading: Reading): string {
  const stated = reading.perOrg(value, 'contactEmail', (one) => readEmail(one, 'contactEmail', reading));
  const contact = stated ?? reading.context.contactEmail;
  if (contact === undefined && value === undefined) {
    reading.missing('contactEmail', 'the mailbox of the owners, here or as contactEmail of the SalesforceOrg');
  }
  return contact ?? '';
}

/** The line that tells who manages the app is ours: a second one would say so of somebody else. */
function readDescription(value: unknown, reading: Reading): string | undefined {
  const text = readLines(value, 'description', reading);
  if (text === undefined || !/^Managed as code by\b/m.test(text)) return text;
  reading.report('reserved-text', 'description', {
    problem: 'a line of the description starts with "Managed as code by", which is how ownership is recorded',
    allowed: 'any other text',
    remedy: 'remove the line; the apply adds it',
  });
  return undefined;
}
