import type { Reading } from '../reading';
import { readIntrospection, readTokenExchange } from './flows';
import { readApiName, readPermittedUsers, readScopes } from './names';
import { readCustomAttributes, readIpRelaxation } from './policies';
import type { Props } from './props';
import { readAccessTokens } from './tokens';
import { readBoolean, readEmail, readHttpsUrl, readLines, readText, readTexts } from './values';

/** Options that every kind has. Values stand in for what was reported, so that reading goes on to the next problem. */
export function readCommon(props: Props, reading: Reading) {
  const adopt = readBoolean(props['adopt'], 'adopt', reading) ?? false;
  const apiName = readApiName(props['apiName'], adopt, reading);
  const customScopes =
    props['customScopes'] === undefined
      ? undefined
      : [...readTexts(props['customScopes'], 'customScopes', reading, 'names of custom scopes')].sort();
  customScopes?.forEach((name, index) => {
    if (/^[A-Za-z]\w*$/.test(name)) return;
    const allowed = 'the name of an OAuth custom scope: a letter first, then letters, digits and underscores';
    const problem = { problem: 'this is not a name of a custom scope', allowed, remedy: 'give the developer name' };
    reading.report('invalid-custom-scope', `customScopes[${index}]`, problem, { given: name });
  });
  const customAttributes = readCustomAttributes(props['customAttributes'], reading);
  return {
    platform: 'external-client-app' as const,
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
    adopt,
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
  const contact = readEmail(value, 'contactEmail', reading) ?? reading.context.contactEmail;
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
