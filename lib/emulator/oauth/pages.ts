const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title></head>\n<body>\n<h1>${escape(title)}</h1>\n${body}\n</body></html>\n`;

const hidden = (query: URLSearchParams): string =>
  [...query].map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('\n');

const form = (query: URLSearchParams, fields: string, action = '/services/oauth2/authorize'): string =>
  `<form method="post" action="${action}">\n${hidden(query)}\n${fields}\n</form>`;

const CONNECT = '/setup/connect';
const LOGIN_FIELDS = [
  '<label>Username <input name="username" autocomplete="username"></label>',
  '<label>Password <input name="password" type="password" autocomplete="current-password"></label>',
].join('\n');
const CONSENT_FIELDS =
  '<button name="approval" value="allow">Allow</button>\n<button name="approval" value="deny">Deny</button>';

const alert = (problem: string | undefined): readonly string[] =>
  problem === undefined ? [] : [`<p role="alert">${escape(problem)}</p>`];

/** The login page: what was asked for travels along in hidden fields. */
export const loginPage = (query: URLSearchParams, problem?: string): string =>
  page(
    'Log in to the emulated org',
    [...alert(problem), form(query, `${LOGIN_FIELDS}\n<button>Log In</button>`)].join('\n'),
  );

const consent = (app: string, scopes: readonly string[], question: string): string =>
  page(
    'Allow Access?',
    `<p>${escape(app)} is asking to:</p>\n<ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>\n${question}`,
  );

/** The consent page, for a user who has not let the app in before. */
export const consentPage = (query: URLSearchParams, app: string, scopes: readonly string[]): string =>
  consent(app, scopes, form(query, CONSENT_FIELDS));

/** Each URL is called by the browser, in a frame. */
export const logoutPage = (urls: readonly string[]): string =>
  page(
    'You are logged out',
    urls.map((url) => `<iframe src="${escape(url)}" title="logout" hidden></iframe>`).join('\n'),
  );

/** Where a person types the code that a device shows. */
export const connectPage = (userCode: string, problem?: string): string => {
  const code = `<label>Code <input name="user_code" value="${escape(userCode)}"></label>`;
  const fields = [code, LOGIN_FIELDS, '<button>Connect</button>'].join('\n');
  return page('Connect Your Device', [...alert(problem), form(new URLSearchParams(), fields, CONNECT)].join('\n'));
};

/** The consent page for a device. */
export const connectConsentPage = (given: URLSearchParams, app: string, scopes: readonly string[]): string =>
  consent(app, scopes, form(given, CONSENT_FIELDS, CONNECT));

export const connectedPage = (denied: boolean): string =>
  page(denied ? 'Access Denied' : "You're Connected", '<p>You can close this page and go back to your device.</p>');

/** What a user sees where the client cannot be sent an answer. */
export const errorPage = (error: string, description: string): string =>
  page('OAuth Error', `<p>error=${escape(error)}&amp;error_description=${escape(description)}</p>`);
