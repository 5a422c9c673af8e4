/** An IP address as a number, with the family it belongs to. */
interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** What is wrong with a range of IP addresses, as one sentence, or undefined. IPv4 and IPv6; both ends included. */
export function ipRangeProblem(start: string, end: string): string | undefined {
  const first = parseAddress(start);
  const last = parseAddress(end);
  if (!first) return `${JSON.stringify(start)} is not an IP address`;
  if (!last) return `${JSON.stringify(end)} is not an IP address`;
  if (first.family !== last.family) return 'one end is an IPv4 address and the other an IPv6 address';
  if (first.value > last.value) return 'the range ends before it starts';
  return undefined;
}

/** As many as a large company holds. What is more is the internet, or a cloud that everyone can rent a part of. */
export const FEW_IPV4 = 2n ** 16n;
export const FEW_IPV6 = 2n ** 80n;

/** True where the range holds few addresses. */
export function isNarrow(start: string, end: string): boolean {
  const count = addressesIn(start, end);
  return count !== undefined && count <= (start.includes(':') ? FEW_IPV6 : FEW_IPV4);
}

/** How many addresses the range holds; undefined if it is not a range. */
export function addressesIn(start: string, end: string): bigint | undefined {
  const first = parseAddress(start);
  const last = parseAddress(end);
  if (first?.family !== last?.family || !first || !last || first.value > last.value) return undefined;
  return last.value - first.value + 1n;
}

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseV6(text) : parseV4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 6 : 4, value };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero means octal to some readers and decimal to others.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return all.reduce((value, group) => value * 65536n + group, 0n);
}

function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const result: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = index === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (embedded !== undefined) result.push(embedded >> 16n, embedded & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) result.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return result;
}

/** True where the address lies in the range, ends included. False where one of the three is no IP address. */
export function isInRange(address: string, start: string, end: string): boolean {
  const [one, first, last] = [address, start, end].map(parseAddress);
  if (!one || !first || !last || one.family !== first.family || one.family !== last.family) return false;
  return first.value <= one.value && one.value <= last.value;
}
