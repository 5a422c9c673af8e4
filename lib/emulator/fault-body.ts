import { z } from 'zod';

import type { EmulatorFault } from './faults';

const text = z.string().max(10_000);

/** Each kind of fault as JSON, with its fields in snake case. */
const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('http'),
    status: z.int().min(200).max(599),
    body: text.optional(),
    content_type: text.optional(),
    headers: z.record(z.string().regex(/^[\w-]+$/), text).optional(),
  }),
  z.strictObject({
    kind: z.literal('api-error'),
    code: text,
    message: text,
    status: z.int().min(400).max(599).optional(),
  }),
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(600_000) }),
  z.strictObject({ kind: z.literal('deploy-fails'), type: text.optional(), full_name: text, problem: text.optional() }),
  z.strictObject({ kind: z.literal('canceled'), while: z.enum(['Pending', 'InProgress']) }),
  z.strictObject({ kind: z.literal('unreadable'), type: text.optional(), full_name: text }),
  z.strictObject({
    kind: z.enum(['invalid-session', 'empty-body', 'html', 'drop', 'drop-after', 'truncated-zip']),
  }),
]);

/** What `POST /__emulator/faults` takes: which calls go wrong, after how many that do not, how often (default: once), and how. */
export const faultBody = z
  .strictObject({
    operation: z.string().regex(/^(\*|\w+)$/),
    api: z.enum(['rest', 'soap']).optional(),
    after: z.int().min(0).max(1_000_000).optional(),
    times: z.int().min(1).max(1_000_000).default(1),
    fault,
  })
  .transform(({ fault: asked, ...match }) => ({ ...match, fault: faultOf(asked) }));

function faultOf(asked: z.output<typeof fault>): EmulatorFault {
  switch (asked.kind) {
    case 'http': {
      const { content_type: contentType, body, headers, ...http } = asked;
      return {
        ...http,
        ...(body !== undefined && { body }),
        ...(contentType !== undefined && { contentType }),
        ...(headers && { headers }),
      };
    }
    case 'api-error': {
      const { status, ...error } = asked;
      return { ...error, ...(status !== undefined && { status }) };
    }
    case 'deploy-fails': {
      const { type, full_name: fullName, problem, kind } = asked;
      return { kind, fullName, ...(type !== undefined && { type }), ...(problem !== undefined && { problem }) };
    }
    case 'unreadable': {
      const { type, full_name: fullName, kind } = asked;
      return { kind, fullName, ...(type !== undefined && { type }) };
    }
    case 'slow':
    case 'canceled':
      return asked;
    default:
      return { kind: asked.kind };
  }
}
