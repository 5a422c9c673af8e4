/* eslint-disable @typescript-eslint/no-require-imports -- loaded when Terraform first asks: the handshake waits for nothing; import() would stay a native import in CommonJS output */
import type * as provider from './provider';

/** The provider behind the handshake, loaded when first asked for. */
export const loadProvider = (): typeof provider => require('./provider') as typeof provider;
