import { decode, encode, ExtData, ExtensionCodec } from '@msgpack/msgpack';

/**
 * A Terraform value: null, text, numbers, booleans, lists and maps, and values that Terraform does not know yet.
 * Sets and lists are both arrays.
 */
export type Value =
  null | string | number | bigint | boolean | Unknown | readonly Value[] | { readonly [name: string]: Value };

/**
 * A value known only after apply. Terraform may say something about it already (that it is not null, a prefix); that
 * refinement is kept as it came, so that it can be given back.
 */
export class Unknown {
  readonly type: number;
  readonly data: Uint8Array;

  constructor(type = 0, data: Uint8Array = new Uint8Array([0])) {
    this.type = type;
    this.data = data;
  }
}

/** Extension types of unknown values: plain, and with a refinement. */
const UNKNOWN_TYPES = [0, 12];

const codec = new ExtensionCodec();
for (const type of UNKNOWN_TYPES) {
  codec.register({
    type,
    encode: (value) => (value instanceof Unknown && value.type === type ? value.data : null),
    decode: (data) => new Unknown(type, data),
  });
}

/** What travels as DynamicValue. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Reads a value; absent is null. An extension type that no one announced counts as unknown too. */
export function readValue(value: DynamicValue | undefined): Value {
  if (value?.msgpack && value.msgpack.length > 0) {
    return plain(decode(value.msgpack, { extensionCodec: codec, useBigInt64: false }));
  }
  if (value?.json && value.json.length > 0) return plain(JSON.parse(Buffer.from(value.json).toString('utf8')));
  return null;
}

export const writeValue = (value: Value): DynamicValue => ({
  msgpack: encode(value, { extensionCodec: codec, ignoreUndefined: true }),
});

function plain(value: unknown): Value {
  if (value instanceof ExtData) return new Unknown(value.type, value.data as Uint8Array);
  if (value instanceof Unknown || value === null || value === undefined) return value ?? null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  }
  return value as Value;
}

/** An object or map. */
export type Values = Readonly<Record<string, Value>>;

export const isUnknown = (value: Value | undefined): value is Unknown => value instanceof Unknown;

/** The members of an object; none where the value is null or not known. */
export const values = (value: Value | undefined): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value) ? (value as Values) : {};

/** The text, or undefined where the value is null, not known or no text. */
export const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
