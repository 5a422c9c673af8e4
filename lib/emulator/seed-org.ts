import { z } from 'zod';

import { isSandboxName, SANDBOX_NAME } from './sandbox/name';
import { type Profile, PROFILES } from './state';
import { usageSeedSchema } from './usage/seed';

const name = z.string().min(1);

/** What org.json may say about an org beside its metadata. */
export const seedOrgSchema = z.strictObject({
  orgId: z
    .string()
    .regex(/^00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/, 'is no organization id')
    .exactOptional(),
  profile: z
    .custom<Profile>((value) => PROFILES.some((known) => known === value), `must be one of ${PROFILES.join(', ')}`)
    .exactOptional(),
  /** The org is a sandbox of this name. */
  sandbox: z.string().refine(isSandboxName, `has ${SANDBOX_NAME}`).exactOptional(),
  users: z
    .array(
      z.strictObject({
        username: name,
        /** Default: the username. */
        email: name.exactOptional(),
        active: z.boolean().exactOptional(),
        apiEnabled: z.boolean().exactOptional(),
        profile: name.exactOptional(),
        site: z.enum(['member', 'guest']).exactOptional(),
        permissionSets: z.array(name).exactOptional(),
        permissionSetGroups: z.array(name).exactOptional(),
      }),
    )
    .exactOptional(),
  /** The sets that each group gives to whom it is assigned. */
  permissionSetGroups: z.array(z.strictObject({ name, permissionSets: z.array(name) })).exactOptional(),
  /** `holders` active users hold the set; users named above come on top. */
  permissionSets: z
    .array(z.strictObject({ name, label: name.exactOptional(), holders: z.int().min(0).max(10_000).exactOptional() }))
    .exactOptional(),
  /** Display names, beside the standard ones. */
  profiles: z.array(name).exactOptional(),
  /** Namespace of the org itself. */
  namespace: name.exactOptional(),
  /**
   * Classes are no metadata here: only that there is one. `valid` is false where it must be compiled again; `subjects` are
   * the usernames that a token exchange handler finds, by the token of the other issuer.
   */
  apexClasses: z
    .array(
      z.strictObject({
        name,
        namespace: name.exactOptional(),
        status: z.enum(['Active', 'Deleted']).exactOptional(),
        valid: z.boolean().exactOptional(),
        subjects: z.record(z.string(), name).exactOptional(),
      }),
    )
    .exactOptional(),
  /** Certificate and Key Management; `id` of 15 or 18 characters, `expires` an ISO date. */
  certificates: z
    .array(
      z.strictObject({
        name,
        id: z
          .string()
          .regex(/^0P1[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/, 'is no id of a certificate')
          .exactOptional(),
        expires: z.iso.date().exactOptional(),
      }),
    )
    .exactOptional(),
  /** When records were last changed, by type; those that are not named count as changed when the org was started. */
  changed: z
    .array(z.strictObject({ type: name, fullName: name, time: z.iso.datetime({ offset: true }) }))
    .exactOptional(),
  /** Tokens, logins, installed packages, and uninstalled apps. */
  usage: usageSeedSchema.exactOptional(),
  /** Who deploys; `permissions` by their name in UserPermissionAccess. */
  deployUser: z
    .strictObject({ username: name.exactOptional(), permissions: z.record(z.string(), z.boolean()).exactOptional() })
    .exactOptional(),
});

export type SeedOrg = Readonly<z.output<typeof seedOrgSchema>>;

/** Every problem of the content, each with the place it stands at. */
export function seedOrgProblems(value: unknown): readonly string[] {
  const parsed = seedOrgSchema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const at = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    if (issue.code === 'unrecognized_keys') {
      const known = issue.path.length === 0 ? `; known: ${Object.keys(seedOrgSchema.shape).join(', ')}` : '';
      return `${at.slice(1) || 'It'} has the unknown key ${issue.keys.join(', ')}${known}.`;
    }
    return `${at.slice(1) || 'It'}: ${issue.message}.`;
  });
}
