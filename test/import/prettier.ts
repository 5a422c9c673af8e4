import type { Options } from 'prettier';
import * as estree from 'prettier/plugins/estree';
import * as typescript from 'prettier/plugins/typescript';

/** As this repository formats its own sources. */
export const PRETTIER = {
  parser: 'typescript',
  plugins: [typescript, estree],
  printWidth: 120,
  singleQuote: true,
  trailingComma: 'all',
} satisfies Options;
