import { dirname, join } from 'node:path';

import { type CdkName, CDKS } from '../../values/cdk';
import { readTextIfThere } from '../files';

/**
 * The CDK that a program in that folder imports: the one which the nearest package.json that names any names alone, from
 * the folder upward. Else cdktf.
 */
export function projectCdk(folder: string): CdkName {
  for (let at = folder; ; at = dirname(at)) {
    const named = namedIn(join(at, 'package.json'));
    const [first] = named;
    if (first !== undefined) return named.length === 1 ? first : 'cdktf';
    if (at === dirname(at)) return 'cdktf';
  }
}

/** Those that the file depends on. One that cannot be read says nothing: npm, not we, tells what is wrong with it. */
function namedIn(file: string): readonly CdkName[] {
  try {
    const json = JSON.parse(readTextIfThere(file) ?? '{}') as Readonly<Record<string, object | undefined>>;
    const names = Object.keys({ ...json['peerDependencies'], ...json['devDependencies'], ...json['dependencies'] });
    return CDKS.filter((cdk) => names.includes(cdk));
  } catch {
    return [];
  }
}
