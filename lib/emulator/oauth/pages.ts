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

const form = (query: URLSearchParams, fields: string): string =>
  `<form method="post" action="/services/oauth2/authorize">\n${hidden(query)}\n${fields}\n</form>`;

/** The login page: what was asked for travels along in hidden fields. */
export const loginPage = (query: URLSearchParams, problem?: string): string =>
  page(
    'Log in to the emulated org',
    [
      ...(problem === undefined ? [] : [`<p role="alert">${escape(problem)}</p>`]),
      form(
        query,
        [
          '<label>Username <input name="username" autocomplete="username"></label>',
          '<label>Password <input name="password" type="password" autocomplete="current-password"></label>',
          '<button>Log In</button>',
        ].join('\n'),
      ),
    ].join('\n'),
  );

/** The consent page, for a user who has not let the app in before. */
export const consentPage = (query: URLSearchParams, app: string, scopes: readonly string[]): string =>
  page(
    'Allow Access?',
    `<p>${escape(app)} is asking to:</p>\n<ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>\n${form(
      query,
      '<button name="approval" value="allow">Allow</button>\n<button name="approval" value="deny">Deny</button>',
    )}`,
  );

/** What a user sees where the client cannot be sent an answer. */
export const errorPage = (error: string, description: string): string =>
  page('OAuth Error', `<p>error=${escape(error)}&amp;error_description=${escape(description)}</p>`);
