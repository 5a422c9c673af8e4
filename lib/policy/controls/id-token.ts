import { fail, lowers, lowRisk, notApplicable, pass, raises, theme, twins, WITH_USERS } from '../define';
import { known } from '../reading';
import { band } from '../severity';

const RECOMMENDED_MINUTES = 2;

/** Lifetime, audience and content of ID tokens. */
const idToken = theme({
  kinds: WITH_USERS,
  reads: ['scopes', 'idToken'],
  risk: 'An ID token that lives long, or carries more than identity, reveals more to more people than it should.',
  threat:
    'An ID token is read from the browser history and presented to a second service, which takes its bearer for the user.',
  conditions: [
    raises('the token carries custom attributes or custom permissions', ({ app }) =>
      known(
        app.fields.idToken,
        (config) => config?.includesCustomAttributes === true || config?.includesCustomPermissions === true,
      ),
    ),
    lowers('the token carries identity only', ({ app }) =>
      known(
        app.fields.idToken,
        (config) => config?.includesCustomAttributes !== true && config?.includesCustomPermissions !== true,
      ),
    ),
  ],
  considerations: {
    risk: 'It matters where ID tokens are passed on to other services; a client that checks a token and discards it loses little.',
    business:
      'Receivers that read the extra claims, or that check a token late, must call the user info endpoint instead.',
  },
  judge: ({ scopes = [], idToken: config }) => {
    if (!scopes.includes('OpenID')) return notApplicable('Without the scope OpenID, the app issues no ID tokens.');
    const minutes = config?.validityMinutes ?? RECOMMENDED_MINUTES;
    if (minutes > RECOMMENDED_MINUTES) {
      return fail(`ID tokens are valid for ${minutes} minutes; ${RECOMMENDED_MINUTES} are enough to check one.`);
    }
    const remarks = [
      ...(config?.includesCustomAttributes === true ? ['carry custom attributes'] : []),
      ...(config?.includesCustomPermissions === true ? ['carry custom permissions'] : []),
    ];
    if (remarks.length > 0) return lowRisk(`ID tokens are short-lived, but ${remarks.join(' and ')}.`);
    return pass(
      config?.audiences === undefined
        ? `ID tokens are valid for ${minutes} minutes and are addressed to this client alone.`
        : `ID tokens are valid for ${minutes} minutes; besides this client, they name the configured audiences.`,
    );
  },
});

export const controls = twins(
  idToken,
  {
    title: 'ID tokens are short-lived and carry identity only',
    finding: 'ID tokens live too long',
    recommended:
      'Let ID tokens live for 2 minutes, name additional audiences only where needed, and decide which claims, attributes and permissions they carry.',
    cvss: band('high', 'salesforce'),
    exemptable: true,
  },
  {
    'external-client-app': {
      id: 'SFCA-ECA-ID-TOKEN',
      salesforceControl: 'External Client Apps: Configure the External Client App OAuth Settings: Configure ID Token',
      remedy: {
        code: 'remove validity from idToken: 2 minutes are the default; remove what it includes beyond identity',
        setup: 'Setup > External Client App Manager > (app) > Settings > OAuth Settings > Configure ID Token',
      },
      source:
        'Salesforce Help, Security Health Review: Configure the External Client App OAuth Settings: Configure ID Token',
    },
    'connected-app': {
      id: 'SFCA-CA-ID-TOKEN',
      salesforceControl: 'Connected Apps: API (Enable OAuth Settings): Configure ID Token',
      remedy: {
        code: 'declare the app (platform: Platform.CONNECTED_APP): ID tokens live for 2 minutes by default',
        setup: 'Setup > App Manager > (app) > Edit > API (Enable OAuth Settings) > Configure ID Token',
      },
      source: 'Salesforce Help, Security Health Review: API: Configure ID token',
    },
  },
);
