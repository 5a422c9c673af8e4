import type { HttpRequest } from '../context';

/** Who the client says it is: in the Basic header, or in the form. */
export function credentialsOf(
  form: URLSearchParams,
  request: HttpRequest,
): { readonly id: string; readonly secret?: string } {
  const basic = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  const [basicId, ...rest] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
  const secret = basicId === undefined ? form.get('client_secret') : rest.join(':');
  return {
    id: basicId === undefined ? (form.get('client_id') ?? '') : basicId,
    ...(secret !== null && { secret }),
  };
}

/** Where a call comes from: loopback, or what a test says by this header. */
export const addressOf = (request: HttpRequest): string => request.headers['x-emulator-ip'] ?? '127.0.0.1';
