/** One part of a multipart/form-data body. */
export interface Part {
  readonly contentType: string;
  readonly content: Buffer;
}

/** The parts of a multipart body with their content types, whatever their names; undefined when it is malformed. */
export function readMultipart(contentType: string, body: Buffer): readonly Part[] | undefined {
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const text = boundary?.[1] ?? boundary?.[2];
  if (text === undefined) return undefined;
  const delimiter = Buffer.from(`--${text}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const next = body.indexOf(delimiter, start);
    const head = body.indexOf('\r\n\r\n', start);
    if (next < 0 || head < 0 || head > next) return undefined;
    const headers = body.subarray(start, head).toString('utf8');
    const type = /^content-type:\s*([^;\r\n]+)/im.exec(headers)?.[1] ?? 'text/plain';
    // The line break before the delimiter belongs to the delimiter.
    parts.push({ contentType: type.trim().toLowerCase(), content: body.subarray(head + 4, next - 2) });
    at = next;
  }
  return undefined;
}
