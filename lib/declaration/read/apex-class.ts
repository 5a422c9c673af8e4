import type { Reading } from '../reading';
import { requiredText } from './record-names';

/** An Apex class, with its namespace where it is a package's. */
const APEX_CLASS = /^([A-Za-z](?:_?[A-Za-z0-9])*(?:__|\.))?[A-Za-z](?:_?[A-Za-z0-9]){0,79}$/;

/** The name of an Apex class; empty after reporting what is wrong with it. */
export function readApexClass(value: unknown, field: string, allowed: string, reading: Reading): string {
  const name = requiredText(value, field, reading, allowed);
  if (name === '' || APEX_CLASS.test(name)) return name;
  const problem = { problem: 'this is not the name of an Apex class', allowed, remedy: `give ${allowed}` };
  reading.report('invalid-apex-class', field, problem, { given: name });
  return name;
}
