import { OLDEST_KNOWN_VERSION } from '../schema/schema';
import { ok, type RestHandler, type Route } from './route';

const SEASONS = ['Spring', 'Summer', 'Winter'];

/** Version 60 was Spring ’24; three releases a year, Winter counted to the year that follows. */
function labelOf(version: number): string {
  const release = version - OLDEST_KNOWN_VERSION;
  const year = 24 + Math.floor((release + (release % 3 === 2 ? 1 : 0)) / 3);
  return `${SEASONS[release % 3] ?? ''} '${year}`;
}

const versions: RestHandler = ({ context }) => {
  const list = [];
  for (let version = OLDEST_KNOWN_VERSION; version <= context.switches.latestApiVersion; version++) {
    const number = version.toFixed(1);
    list.push({ label: labelOf(version), url: `/services/data/v${number}`, version: number });
  }
  return ok(list);
};

const resources: RestHandler = ({ context, version, user }) => {
  const root = `/services/data/v${version.toFixed(1)}`;
  return ok({
    identity: `${context.url()}/id/${context.state().orgId}/${user?.id ?? ''}`,
    tooling: `${root}/tooling`,
    metadata: `${root}/metadata`,
    composite: `${root}/composite`,
    query: `${root}/query`,
    sobjects: `${root}/sobjects`,
  });
};

const limits: RestHandler = ({ context }) => {
  const { used, max } = context.limit.usage();
  return ok({ DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) } });
};

export const VERSION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/services\/data\/?$/,
    versioned: false,
    login: false,
    operation: 'versions',
    handle: versions,
  },
  { method: 'GET', pattern: /^\/?$/, versioned: true, login: true, operation: 'resources', handle: resources },
  { method: 'GET', pattern: /^\/limits\/?$/, versioned: true, login: true, operation: 'limits', handle: limits },
];
