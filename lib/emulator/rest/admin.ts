import { z } from 'zod';

import { isClientAppsError } from '../../values/diagnostic';
import { type OrgContext, refuse } from '../context';
import { faultBody } from '../fault-body';
import { type RenewedOrg, resetOrg } from '../reset';
import { APP_DAMAGES } from '../sandbox/damage';
import { refreshSandbox, type SandboxRefresh } from '../sandbox/refresh';
import { jsonBody, ok, type RestAnswer, type Route } from './route';

/** Of the emulator itself, not of Salesforce: what a test does to the org from outside. */
export const ADMIN_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    pattern: /^\/__emulator\/clock$/,
    versioned: false,
    login: true,
    operation: 'clock',
    handle: ({ context, request }) => {
      const ms = jsonBody(request)?.['advance_ms'];
      if (typeof ms !== 'number' || !(ms >= 0) || ms > MOST_MS) {
        return refuse('INVALID_INPUT', 'The body must be {"advance_ms": N}, from 0 to ten years', 400);
      }
      context.advance(ms);
      return ok({ now: context.now() });
    },
  },
  {
    method: 'POST',
    pattern: /^\/__emulator\/sandbox-refresh$/,
    versioned: false,
    login: true,
    operation: 'sandboxRefresh',
    handle: ({ context, request }) => {
      const asked = refreshBody.safeParse(jsonBody(request));
      if (!asked.success) return refuse('INVALID_INPUT', `The body must be ${REFRESH_BODY}`, 400);
      const { name, org_id: orgId, active_users: activeUsers, apps } = asked.data;
      const refresh: SandboxRefresh = {
        name,
        ...(orgId !== undefined && { orgId }),
        ...(activeUsers && { activeUsers }),
        ...(apps && { apps }),
      };
      try {
        return orgAnswer(context, refreshSandbox(context, refresh));
      } catch (error) {
        if (isClientAppsError(error)) return refuse('INVALID_INPUT', error.message, 400);
        throw error;
      }
    },
  },
  {
    method: 'POST',
    pattern: /^\/__emulator\/reset$/,
    versioned: false,
    login: true,
    operation: 'reset',
    handle: ({ context }) => {
      try {
        return orgAnswer(context, resetOrg(context));
      } catch (error) {
        // The seed on disk is another one by now.
        if (isClientAppsError(error)) return refuse('INVALID_INPUT', error.message, 409);
        throw error;
      }
    },
  },
  {
    method: 'POST',
    pattern: /^\/__emulator\/limits$/,
    versioned: false,
    login: true,
    operation: 'setLimits',
    handle: ({ context, request }) => {
      const asked = limitsBody.safeParse(jsonBody(request));
      if (!asked.success) return refuse('INVALID_INPUT', `The body must be ${LIMITS_BODY}`, 400);
      context.limit.start(asked.data.daily_api_requests ?? undefined);
      return ok({ daily_api_requests: asked.data.daily_api_requests, used: 0 });
    },
  },
  {
    method: 'POST',
    pattern: /^\/__emulator\/faults$/,
    versioned: false,
    login: true,
    operation: 'setFault',
    handle: ({ context, request }) => {
      const asked = faultBody.safeParse(jsonBody(request));
      if (!asked.success) {
        const problems = asked.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
        return refuse('INVALID_INPUT', `The body is no fault: ${problems.join('; ')}`, 400);
      }
      const { operation, api, after, times, fault } = asked.data;
      context.faults.failNext({ operation, ...(api && { api }), ...(after !== undefined && { after }) }, fault, times);
      return ok({ operation, times, kind: fault.kind });
    },
  },
  {
    method: 'DELETE',
    pattern: /^\/__emulator\/faults$/,
    versioned: false,
    login: true,
    operation: 'clearFaults',
    handle: ({ context }) => {
      context.faults.clear();
      return { status: 204 };
    },
  },
];

const orgAnswer = (context: OrgContext, { orgId, accessToken }: RenewedOrg): RestAnswer =>
  ok({ org_id: orgId, access_token: accessToken, instance_url: context.url() });

const LIMITS_BODY = '{"daily_api_requests": N}, from 0 to 100000000, or null for no limit';
const limitsBody = z.strictObject({ daily_api_requests: z.int().min(0).max(100_000_000).nullable() });

const REFRESH_BODY =
  '{"name": "uat"}, with org_id, active_users (usernames) and apps ({"App": ["not-copied"]}) where wanted';
const refreshBody = z.strictObject({
  name: z.string(),
  org_id: z.string().optional(),
  active_users: z.array(z.string()).optional(),
  apps: z.record(z.string(), z.array(z.enum(APP_DAMAGES))).optional(),
});

const MOST_MS = 10 * 366 * 86_400_000;
