import { recordResource } from '../../metadata/attribute-names';
import { RECORD_KINDS } from '../../metadata/records';
import type { RecordKind } from '../../metadata/records/kind';
import { loadRecords } from '../load-records';
import type { Resource } from '../resource';
import { importByName } from '../schema/conform';
import { recordSchema } from './schema';
import { validateRecord } from './validate';

function resourceOf(kind: RecordKind): Resource {
  const schema = recordSchema(kind);
  return {
    schema,
    validate: (config, { today }) => validateRecord(kind, config, today),
    read: (state, session) => loadRecords().readRecord(kind, state, session),
    plan: (prior, config, session) => loadRecords().planRecordChange(kind, { prior, config }, session),
    apply: (change, session) => loadRecords().applyRecordChange(kind, change, session),
    importState: importByName(schema, `a ${kind.words} is its name`),
    moveState: ({ type }) => `A ${type} cannot become a ${kind.words}: import it by its name instead.`,
  };
}

/** One resource for each kind of record beside the apps: `salesforce_oauth_custom_scope`. */
export const RECORD_RESOURCES: Readonly<Record<string, Resource>> = Object.fromEntries(
  RECORD_KINDS.map((kind) => [recordResource(kind.type), resourceOf(kind)]),
);
