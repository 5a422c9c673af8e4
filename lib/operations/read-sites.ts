import { parseXml, type XmlElement } from '../metadata/package/xml';
import type { CallOptions, Org, OrgFacts, SiteFacts } from '../org/org';
import { isOrgError } from '../org/org-error';

const NETWORK = 'Network';
const FILE = /^networks\/(.+)\.network$/;

/** What the org tells about its Experience Cloud sites. Costs a retrieve, so only for apps that log users in headlessly. */
export async function readSites(
  org: Org,
  apiVersion: number,
  options: CallOptions,
): Promise<Pick<OrgFacts, 'sites'> & { readonly unread: readonly string[] }> {
  try {
    const types = new Map([[NETWORK, ['*']]]);
    const { files, problems } = await org.retrieve({ apiVersion, types }, options);
    const [problem] = problems;
    if (problem) return unread(problem.problem);
    const sites = [...files].filter(([path]) => FILE.test(path)).map(([path, content]) => siteOf(path, content));
    return sites.every((site) => site !== undefined)
      ? { sites, unread: [] }
      : unread('one of them is not a valid file');
  } catch (error) {
    // The sites are no part of what is planned: an org that does not show them is planned all the same.
    if (isOrgError(error) && error.kind === 'refused') return unread(error.message);
    throw error;
  }
}

const unread = (reason: string) => ({ unread: [`Experience Cloud sites: ${reason}`] });

function siteOf(path: string, content: string): SiteFacts | undefined {
  const parsed = parseXml(content);
  if (!parsed.ok) return undefined;
  const child = (element: XmlElement | undefined, wanted: string): XmlElement | undefined =>
    element?.children.find((each) => each.name === wanted);
  const settings = child(parsed.value, 'networkAuthApiSettings');
  const allows = (field: string): boolean => child(settings, field)?.text.trim() === 'true';
  return {
    name: child(parsed.value, 'fullName')?.text ?? FILE.exec(path)?.[1] ?? path,
    isLive: child(parsed.value, 'status')?.text.trim() === 'Live',
    allowsForgotPassword: allows('isForgotPwdAllowed'),
    allowsPasswordlessLogin: allows('isPwdlessLoginAllowed'),
    allowsFirstPartyApps: allows('isFirstPartyAppsAllowed'),
  };
}
