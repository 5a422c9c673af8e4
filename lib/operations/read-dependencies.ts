import { declaredText, switchesOn } from '../metadata/declared-setting';
import type { Manifest, ManifestComponent } from '../metadata/manifest';
import type { SettingName } from '../options/settings';
import type { ApexClassAnswer, CallOptions, CertificateAnswer, Org, OrgFacts } from '../org/org';
import type { CheckFacts } from '../policy/control';
import { TOKEN_EXCHANGE_HANDLER } from '../values/metadata-types';
import { readCheckFacts } from './read-check-facts';
import { readSites } from './read-sites';

/** What apps and records of a manifest depend on beside client apps. Each costs calls, and only where it is needed. */
export interface FactRequest {
  /** An app logs users in at an Experience Cloud site. */
  readonly sites: boolean;
  /** An app names a certificate that the org keeps. */
  readonly certificates: boolean;
  /** Apex classes that apps and token exchange handlers name. */
  readonly apexClasses: readonly string[];
  /** Usernames of those whom client credentials act as. */
  readonly runAs: readonly string[];
}

/** What the org tells about it. */
export interface Dependencies {
  readonly facts: Pick<OrgFacts, 'sites' | 'apexClasses' | 'certificates' | 'unread'>;
  /** What controls judge beside metadata. */
  readonly checkFacts: CheckFacts;
}

/** What the org has to be asked for the sake of this manifest. */
export function needsOf({ apps, records = [] }: Pick<Manifest, 'apps' | 'records'>): FactRequest {
  const texts = (name: SettingName): readonly string[] => apps.flatMap((app) => declaredText(app, name) ?? []);
  const handlers = records.filter(({ type }) => type === TOKEN_EXCHANGE_HANDLER);
  return {
    sites: apps.some((app) => switchesOn(app, 'codeAndCredentials') || switchesOn(app, 'firstPartyApp')),
    certificates: texts('assetTokenCertificate').length > 0,
    apexClasses: [...texts('apexHandler'), ...textsOf(handlers, 'tokenHandlerApex')],
    runAs: texts('runAsUser'),
  };
}

/** True where nothing has to be asked. */
export const needsNothing = ({ sites, certificates, apexClasses, runAs }: FactRequest): boolean =>
  !sites && !certificates && apexClasses.length === 0 && runAs.length === 0;

/** How many retrieves {@link readDependencies} asks for. */
export const retrievesOf = ({ sites, runAs }: FactRequest): number => Number(sites) + Number(runAs.length > 0);

/** The stated texts of a field, whichever component holds it. */
const textsOf = (components: readonly Pick<ManifestComponent, 'fields'>[], name: string): readonly string[] =>
  components.flatMap(({ fields }) => {
    const value = fields[name]?.value;
    return typeof value === 'string' && value !== '' ? [value] : [];
  });

/**
 * Reads what is needed and nothing else. What the org refuses to tell is undefined, with the reason in `unread`: an org
 * that does not show it is planned all the same.
 * @throws OrgError where the org cannot be reached or its answer makes no sense.
 */
export async function readDependencies(
  org: Org,
  needs: FactRequest,
  apiVersion: number,
  options: CallOptions,
): Promise<Dependencies> {
  const [{ sites, ...hidden }, { classes, ...code }, { certificates, ...keys }, { facts: checkFacts }] =
    await Promise.all([
      needs.sites ? readSites(org, apiVersion, options) : NOTHING,
      needs.apexClasses.length > 0 ? org.apexClasses(needs.apexClasses, options) : NOTHING,
      needs.certificates ? org.certificates(options) : NOTHING,
      needs.runAs.length > 0 ? readCheckFacts(org, needs.runAs, options) : { facts: {} },
    ]);
  return {
    facts: {
      ...(sites && { sites }),
      ...(classes && { apexClasses: classes }),
      ...(certificates && { certificates }),
      unread: [...hidden.unread, ...code.unread, ...keys.unread],
    },
    checkFacts,
  };
}

const NOTHING: Pick<OrgFacts, 'sites'> & ApexClassAnswer & CertificateAnswer = { unread: [] };
