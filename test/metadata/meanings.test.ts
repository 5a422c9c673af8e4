import { COMPONENT_TYPES } from '../../lib/metadata/fields';
import type { Field } from '../../lib/metadata/fields/field';
import { meaningOf, MEANINGS } from '../../lib/metadata/fields/meanings';

const flat = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [field, ...('fields' in field.kind ? flat(field.kind.fields) : [])]);

it('every meaning is of a field that there is', () => {
  const names = new Set(
    COMPONENT_TYPES.flatMap(({ name: type, fields }) => flat(fields).flatMap(({ name }) => [name, `${type}.${name}`])),
  );
  expect(Object.keys(MEANINGS).filter((key) => !names.has(key))).toEqual([]);
});

it('a meaning is told in sentences, and the one of a type before the one of a name', () => {
  expect(Object.entries(MEANINGS).filter(([, text]) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
  expect(meaningOf('startUrl', 'ExtlClntAppConfigurablePolicies')).toContain('start page is Custom');
  expect(meaningOf('startUrl', 'ConnectedApp')).toBe(meaningOf('startUrl'));
});
