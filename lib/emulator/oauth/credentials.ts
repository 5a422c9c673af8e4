import type { HttpRequest } from '../context';

/** Name and password of the Basic header, where there is one. */
export function basicOf({ headers }: HttpRequest): readonly [name: string, password: string] | undefined {
  const basic = /^Basic (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (basic === undefined) return undefined;
  const [name = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
  return [name, rest.join(':')];
}

/** Who the client says it is: in the Basic header, or in the form. */
export function credentialsOf(
  form: URLSearchParams,
  request: HttpRequest,
): { readonly id: string; readonly secret?: string } {
  const [id, secret] = basicOf(request) ?? [form.get('client_id') ?? '', form.get('client_secret')];
  return { id, ...(secret !== null && { secret }) };
}

/** Where a call comes from: loopback, or what a test says by this header. */
export const addressOf = (request: HttpRequest): string => request.headers['x-emulator-ip'] ?? '127.0.0.1';
