/** One question to the org and its answer. Keys, secrets, tokens, codes and passwords are marked by what they are. */
export interface Exchange {
  /** `POST /services/oauth2/token`. */
  readonly request: string;
  /** Headers that matter and fields, each `name=value`. */
  readonly sent: readonly string[];
  /** HTTP status, then the redirect target or the body. */
  readonly answer: string;
}

/** What a client sends. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Iterable<readonly [name: string, value: string]>;
}

const SECRET_FIELDS = ['access_token', 'refresh_token', 'id_token', 'code', 'device_code', 'user_code', 'identifier'];
const LONGEST = 400;
const PASSWORD = '<password>';

/**
 * Takes down what goes over the wire. It knows what the org gave out, so that a value can be followed through an exchange
 * without being shown: `<refresh_token 2>`; what a case made up stands as it is.
 */
export class Wire {
  readonly #marks = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #exchanges: Exchange[] = [];

  /** Marks a value of the client’s own. */
  know(value: string, name: string): void {
    this.#marks.set(value, `<${name}>`);
  }

  /** Takes an exchange down. */
  record({ method, path, headers, fields }: Sent, status: number, location: string | null, body: string): void {
    const sent = [
      ...Object.entries(headers).map(([name, value]) => `${name}: ${this.#header(name, value)}`),
      ...[...fields].map(([name, value]) => `${name}=${this.#field(name, value)}`),
    ];
    this.#learn(location, body);
    const answer = location === null ? this.#body(body) : `to ${this.#marked(location)}`;
    this.#exchanges.push({ request: `${method} ${path}`, sent, answer: `${status} ${answer}`.trimEnd() });
  }

  /** The exchanges since the last time. */
  take(): readonly Exchange[] {
    const taken = this.#exchanges;
    this.#exchanges = [];
    return taken;
  }

  #learn(location: string | null, body: string): void {
    const query = location === null ? [] : [...new URL(location).searchParams];
    for (const [name, value] of [...query, ...Object.entries(jsonOf(body))]) {
      if (typeof value !== 'string' || !SECRET_FIELDS.includes(name) || this.#marks.has(value)) continue;
      const count = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, count);
      this.#marks.set(value, `<${name} ${count}>`);
    }
  }

  #field(name: string, value: string): string {
    const mark = this.#marks.get(value);
    if (mark !== undefined) return mark;
    return name === 'assertion' ? this.#assertion(value) : this.#marked(value);
  }

  #header(name: string, value: string): string {
    const basic = /^Basic (.+)$/.exec(value)?.[1];
    if (name.toLowerCase() !== 'authorization' || basic === undefined) return this.#marked(value);
    const [user = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
    return `Basic ${this.#field('username', user)}:${this.#field('password', rest.join(':'))}`;
  }

  #assertion(value: string): string {
    const [, claims = ''] = value.split('.');
    return `<JWT of ${this.#marked(Buffer.from(claims, 'base64url').toString())}>`;
  }

  /** Of a page, its heading and what it says is wrong. */
  #body(body: string): string {
    if (!body.startsWith('<!doctype')) return this.#marked(body).slice(0, LONGEST);
    const parts = [/<h1>([^<]*)/, /role="alert">([^<]*)/, /(error=[^<]*)/].map((part) => part.exec(body)?.[1]);
    return `page: ${parts.filter((part) => part !== undefined).join(': ')}`;
  }

  /** The text without anything that opens something; what was not learned looks like the org’s own, or like a JWT. */
  #marked(text: string): string {
    // The password is a word that stands in other texts as well; the shortest that the org gives out is a user code.
    const long = [...this.#marks].filter(([value, mark]) => value.length > 7 && mark !== PASSWORD);
    const known = long.reduce(
      (rest, [value, mark]) => rest.replaceAll(value, mark).replaceAll(encodeURIComponent(value), mark),
      text,
    );
    return known.replace(/[\w!]*EMULATOR[\w.-]*/g, '<secret>').replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>');
  }
}

function jsonOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
