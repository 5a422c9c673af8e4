import type { Field } from '../../metadata/fields/field';
import { meaningOf } from '../../metadata/fields/meanings';
import { directionSentence, impactSentence } from '../../metadata/fields/words';
import { optionsOfField } from '../../metadata/to-components';
import { ROWS } from '../../options/table';
import { CONNECTED_APP } from '../../values/metadata-types';
import { asSentence } from '../../values/sentence';
import docs from '../typed/option-docs.json';

const DOCS: Readonly<Record<string, { readonly says?: string; readonly unit?: string; readonly limit?: string }>> =
  docs;

/**
 * A metadata field in Markdown: what it is, in the words of the option's docstring or of the table of meanings, its values, what Salesforce stores where it is left out, the secure default with
 * its reason, what a change does to security and to clients.
 * @param type The metadata type, where the field is no member of a record.
 */
export function describeField(field: Field, type?: string): string {
  const { title, name, kind, since, until, impact } = field;
  const [option] = type === undefined ? [] : optionsOfField(platformOf(type), type, name);
  const row = ROWS.find((each) => each.name === option);
  const { says, unit, limit } = DOCS[option ?? ''] ?? {};
  // The docstring of an option that has several fields speaks of all of them.
  const alone = row?.fields?.filter(({ eca, ca }) => (type === CONNECTED_APP ? ca : eca) !== undefined).length === 1;
  const fallback = plainText(field.default);
  return [
    `${title} (${name}).`,
    ...(says !== undefined && alone ? [says] : [meaningOf(name, type) ?? '']),
    ...(kind.kind === 'choice' ? [`One of ${kind.values.map((value) => `\`${value}\``).join(', ')}.`] : []),
    ...(fallback === undefined ? [] : [`Salesforce's default: \`${fallback}\`.`]),
    ...(row?.default ? [`There is a secure default: ${row.default.reason} (${row.default.source})`] : []),
    ...(alone && unit !== undefined ? [`Unit: ${unit}`] : []),
    ...(alone && limit !== undefined ? [`Limit: ${limit}`] : []),
    ...(field.direction === 'neutral' || type === undefined ? [] : [`Security: ${directionSentence(field.direction)}`]),
    ...(impact?.whenTrue ? [`To set true ${impactSentence(impact.whenTrue)}`] : []),
    ...(impact?.whenFalse ? [`To set false ${impactSentence(impact.whenFalse)}`] : []),
    ...(impact?.onChange ? [`Another value ${impactSentence(impact.onChange)}`] : []),
    ...(since > 60 ? [`API version ${since} or newer.`] : []),
    ...(until === undefined ? [] : [`Until API version ${until}.`]),
  ]
    .filter((sentence) => sentence !== '')
    .map(asSentence)
    .join(' ');
}

const platformOf = (type: string): 'connected-app' | 'external-client-app' =>
  type === CONNECTED_APP ? 'connected-app' : 'external-client-app';

const plainText = (value: Field['default']): string | undefined =>
  typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number' ? String(value) : undefined;
