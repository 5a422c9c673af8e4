import type { XmlElement, XmlNode } from '../../metadata/package/xml';
import { isRefusal, type Refusal, refuse } from '../context';
import { apply } from '../deploy/apply';
import type { Candidate } from '../deploy/change';
import { checkPermissions } from '../deploy/lacking';
import { readFields } from '../deploy/read-fields';
import type { Deletion } from '../deploy/read-package';
import type { WireRecord } from '../deploy/result';
import { environmentOf } from '../deploy/start';
import { pathOf, typeKnown, typeNamed } from '../schema/schema';
import type { MetadataType } from '../schema/types';
import { componentOf, type OrgState } from '../state';
import { crudAllowed } from './crud-types';
import { childrenOf, result, textIn, textsIn } from './envelope';
import { CRUD_LIMIT, type SoapCall, type SoapOperation } from './operation';

/** One component of a CRUD call: done, or why not. */
interface Saved {
  readonly fullName: string;
  readonly created: boolean;
  readonly problems: readonly string[];
}

type Step = (org: OrgState) => { readonly org: OrgState; readonly saved: Saved };

export const createMetadata: SoapOperation = (call) => write(call, 'createMetadata');
export const updateMetadata: SoapOperation = (call) => write(call, 'updateMetadata');
export const upsertMetadata: SoapOperation = (call) => write(call, 'upsertMetadata');

/** deleteMetadata(type, fullNames[]) */
export const deleteMetadata: SoapOperation = (call) => {
  const { operation, version } = call;
  const type = typeFor(call, textIn(operation, 'type') ?? '', 'deleteMetadata', version);
  if (isRefusal(type)) return type;
  const names = textsIn(operation, 'fullNames');
  return run(
    call,
    names.map((fullName) => deletion(call, type, fullName)),
    false,
  );
};

/** renameMetadata(type, oldFullName, newFullName) */
export const renameMetadata: SoapOperation = (call) => {
  const { operation, version } = call;
  const type = typeFor(call, textIn(operation, 'type') ?? '', 'updateMetadata', version);
  if (isRefusal(type)) return type;
  const [from, to] = [textIn(operation, 'oldFullName') ?? '', textIn(operation, 'newFullName') ?? ''];
  return run(call, [renaming(call, type, from, to)], false);
};

function write(call: SoapCall, operation: string): readonly XmlNode[] | Refusal {
  const steps: Step[] = [];
  const types = new Set<string>();
  for (const element of childrenOf(call.operation, 'metadata')) {
    const name = (element.attributes['xsi:type'] ?? '').replace(/^.*:/, '');
    const type = typeFor(call, name, operation, call.version);
    if (isRefusal(type)) return type;
    types.add(name);
    steps.push(writing(call, type, element, operation));
  }
  if (types.size > 1)
    return refuse('INVALID_TYPE', `${operation} takes components of one type, not ${[...types].join(', ')}`);
  return run(call, steps, operation === 'upsertMetadata');
}

function typeFor({ context }: SoapCall, name: string, operation: string, version: number): MetadataType | Refusal {
  const type = typeNamed(name);
  if (type === undefined || !typeKnown(type, version)) return refuse('INVALID_TYPE', `Unknown type:${name}`);
  return crudAllowed(type, operation, context.switches)
    ? type
    : refuse('INVALID_TYPE', `${name} doesn't support ${operation}`);
}

/** Runs the steps one after the other: what fails is left out, or takes everything back with AllOrNoneHeader. */
function run(
  { context, user, allOrNone }: SoapCall,
  steps: readonly Step[],
  upsert: boolean,
): readonly XmlNode[] | Refusal {
  if (steps.length > CRUD_LIMIT) {
    return refuse('LIMIT_EXCEEDED', `a call takes at most ${CRUD_LIMIT} components, not ${steps.length}`);
  }
  const before = context.state();
  let org = before;
  const all: Saved[] = [];
  for (const step of steps) {
    const { org: after, saved } = step(org);
    org = after;
    all.push(saved);
  }
  const undone = allOrNone && all.some(({ problems }) => problems.length > 0);
  if (org !== before && !undone) context.commit(org, user);
  const final = undone ? all.map((one) => (one.problems.length > 0 ? one : { ...one, problems: [ROLLED_BACK] })) : all;
  return final.map((one) => result(saveResult(one, upsert)));
}

const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK: Record rolled back because not all records were valid';

function saveResult({ fullName, created, problems }: Saved, upsert: boolean): WireRecord {
  return {
    ...(upsert ? { created: created && problems.length === 0 } : {}),
    errors: problems.map((problem) => {
      const [, statusCode = 'FIELD_INTEGRITY_EXCEPTION', message = problem] =
        /^([A-Z_]{6,}): ([\s\S]*)$/.exec(problem) ?? [];
      return { message, statusCode };
    }),
    fullName,
    success: problems.length === 0,
  };
}

function writing(call: SoapCall, type: MetadataType, element: XmlElement, operation: string): Step {
  const { version } = call;
  const fullName = textIn(element, 'fullName') ?? type.member ?? '';
  return (org) => {
    const there = componentOf(org, type.name, fullName) !== undefined || type.member !== undefined;
    const stop = (problem: string): ReturnType<Step> => ({
      org,
      saved: { fullName, created: false, problems: [problem] },
    });
    if (fullName === '') return stop('REQUIRED_FIELD_MISSING: fullName is missing');
    if (type.member !== undefined && fullName !== type.member)
      return stop(`INVALID_FIELD: ${type.name} is named ${type.member}`);
    if (operation === 'createMetadata' && there)
      return stop(`DUPLICATE_DEVELOPER_NAME: This name is already in use: ${fullName}`);
    if (operation === 'updateMetadata' && !there) {
      return stop(`INVALID_CROSS_REFERENCE_KEY: no ${type.name} named ${fullName} found`);
    }
    const { fields, problems } = readFields(element, type.name, version);
    const first = problems[0];
    if (first) return stop(first.text);
    const candidate: Candidate = { type, fullName, path: pathOf(type, fullName), given: fields, version };
    return applied(call, org, { candidates: [candidate], deleteFirst: [], deleteLast: [] }, fullName, !there);
  };
}

function deletion(call: SoapCall, type: MetadataType, fullName: string): Step {
  const one: Deletion = { type, fullName, manifest: pathOf(type, fullName) };
  return (org) =>
    componentOf(org, type.name, fullName) === undefined
      ? {
          org,
          saved: {
            fullName,
            created: false,
            problems: [`INVALID_CROSS_REFERENCE_KEY: no ${type.name} named ${fullName} found`],
          },
        }
      : applied(call, org, { candidates: [], deleteFirst: [one], deleteLast: [] }, fullName, false);
}

function renaming({ context, user }: SoapCall, type: MetadataType, from: string, to: string): Step {
  return (org) => {
    const component = componentOf(org, type.name, from);
    const stop = (problem: string): ReturnType<Step> => ({
      org,
      saved: { fullName: from, created: false, problems: [problem] },
    });
    if (component === undefined) return stop(`INVALID_CROSS_REFERENCE_KEY: no ${type.name} named ${from} found`);
    const [lacking] = checkPermissions(org, user, type);
    if (lacking) return stop(lacking.text);
    if (!context.switches.renameAllowed || !type.satellite)
      return stop(`INVALID_OPERATION: ${type.name} can't be renamed`);
    if (componentOf(org, type.name, to) !== undefined)
      return stop(`DUPLICATE_DEVELOPER_NAME: This name is already in use: ${to}`);
    const others = Object.entries(org.components[type.name] ?? {}).filter(([name]) => name !== from);
    const components = {
      ...Object.fromEntries(others),
      [to]: { ...component, fullName: to, lastModifiedDate: context.now() },
    };
    const renamed = { ...org, components: { ...org.components, [type.name]: components } };
    return { org: renamed, saved: { fullName: to, created: false, problems: [] } };
  };
}

function applied(
  { context, user }: Pick<SoapCall, 'context' | 'user'>,
  org: OrgState,
  change: Parameters<typeof apply>[1],
  fullName: string,
  created: boolean,
): ReturnType<Step> {
  const outcome = apply(org, change, environmentOf(context, user), { warningsFail: false, partial: false });
  const problems = outcome.messages
    .filter(({ problemType }) => problemType === 'Error')
    .map(({ problem }) => problem ?? '');
  return { org: outcome.org, saved: { fullName, created, problems } };
}
