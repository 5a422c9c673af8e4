import type { StartPagePolicy } from '../declaration/client-app';
import { StartPage } from '../declaration/options/start-page';
import { readHttpsUrl } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { call, type Expression, literal, name } from './expression';
import { NO_USER, ONLY_CONNECTED_APPS, option, optional, plain, WITH_USERS } from './option';
import { ifStated, stated } from './owned';
import { type Live, scalar, textOf } from './recall';
import { SETTINGS } from './settings';
import { text, variants } from './shape';

export const singleLogoutUrl = plain({
  name: 'singleLogoutUrl',
  kinds: WITH_USERS,
  shape: text,
  why: { machine: NO_USER },
  unknownAtSynth: ['self'],
  setting: SETTINGS.singleLogoutUrl,
  read: readHttpsUrl,
});

export const startUrl = option({
  name: 'startUrl',
  kinds: WITH_USERS,
  shape: text,
  why: { machine: NO_USER },
  unknownAtSynth: ['self'],
  read: (given, reading) => optional('startUrl', readHttpsUrl(given, 'startUrl', reading)),
  fields: [
    {
      ...SETTINGS.startUrl,
      value: (app) => ifStated(app.startUrl),
    },
    // An External Client App opens the URL only where it also says so; the option startPage may say otherwise.
    { ...SETTINGS.startPage, value: ({ startUrl: url }) => (url === undefined ? undefined : stated('OAuth')) },
  ],
  recall: (live) => scalar(live.own(SETTINGS.startUrl)),
});

/** What opens when a user starts the app from the org, where that is not the OAuth start URL. */
export const startPage = option({
  name: 'startPage',
  kinds: WITH_USERS,
  shape: variants({ StartPage }, 'page', {
    NONE: [],
    SAML: [],
    custom: [{ name: 'url', shape: text, required: true, says: 'The https URL of the page custom.' }],
  }),
  why: { machine: NO_USER },
  notOnConnectedApps: [{ because: 'it opens startUrl, or nothing', remedy: 'state startUrl, or nothing' }],
  read: (given, reading) => optional('startPage', readStartPage(given, reading)),
  fields: [
    { ...SETTINGS.startPage, value: (app) => ifStated(app.startPage?.page) },
    {
      ...SETTINGS.startPageUrl,
      value: ({ startPage: start }) => (start?.page === 'Custom' ? stated(start.url) : undefined),
    },
  ],
  recall: recallStartPage,
});

/** Where there is a start URL, that it does not open has to be said. */
function recallStartPage(live: Live): Expression | undefined {
  if (live.platform === 'connected-app') return undefined;
  switch (live.value(SETTINGS.startPage)) {
    case 'Custom':
      return call({ StartPage }, 'custom', literal(textOf(live.own(SETTINGS.startPageUrl)) ?? ''));
    case 'SAML':
      return name({ StartPage }, 'SAML');
    case 'OAuth':
      return undefined;
    default:
      return live.own(SETTINGS.startUrl) === undefined ? undefined : name({ StartPage }, 'NONE');
  }
}

function readStartPage(value: unknown, reading: Reading): StartPagePolicy | undefined {
  if (value === undefined) return undefined;
  if (!StartPage.is(value)) {
    reading.wrongType('startPage', value, 'StartPage.NONE, StartPage.SAML or StartPage.custom(…)');
    return undefined;
  }
  if (value.page !== 'Custom') return { page: value.page };
  if (value.url === undefined) reading.missing('startPage', "StartPage.custom('https://…')");
  return { page: 'Custom', url: readHttpsUrl(value.url, 'startPage', reading) ?? '' };
}

/** What opens on a mobile device instead of `startUrl`. */
export const mobileStartUrl = plain({
  name: 'mobileStartUrl',
  kinds: WITH_USERS,
  notInHcl: ONLY_CONNECTED_APPS,
  why: { machine: NO_USER },
  onlyConnectedApps: {
    problem: 'only Connected Apps have a start URL of their own for mobile devices',
    remedy: 'remove it: startUrl opens on every device',
  },
  setting: SETTINGS.mobileStartUrl,
  read: readHttpsUrl,
});
