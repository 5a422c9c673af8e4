import { brand, hasBrand } from './brand';
import type { NonEmpty } from './non-empty';

/** What the compiler knows about a {@link PermittedUsers}: the policy, and whether someone holds the access. */
export type PermittedUsersKind = 'self-authorized' | 'pre-authorized' | 'pre-authorized-with-permission-sets';

/** Who is approved for an app that an administrator approves. One of the two lists must name somebody. */
export interface PreAuthorizedOptions {
  /**
   * API names of the permission sets whose holders may use the app. The list is complete: a permission set that is not
   * on it loses its access at the next apply.
   * @default - none: no one is let in by a permission set
   */
  readonly permissionSets?: readonly string[];
  /**
   * Names of profiles whose users may use the app, as the org displays them. Metadata API 62 or newer.
   * @default - the profiles the org has stay as they are
   */
  readonly profiles?: readonly string[];
}

/** Who can use the app (Setup: Permitted Users). There is no default: it is the first thing a reviewer wants to know. */
export class PermittedUsers<K extends PermittedUsersKind = PermittedUsersKind> {
  /** Who is let in, for programs. */
  readonly kind: K;
  /** As given; judged at synth. */
  readonly options: unknown;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'PermittedUsers';

  private constructor(kind: K, options: unknown) {
    this.kind = kind;
    this.options = options;
    brand(this, 'PermittedUsers');
  }

  /** Every user of the org can approve the app for themselves (`AllSelfAuthorized`). */
  static selfAuthorized(): PermittedUsers<'self-authorized'> {
    return new PermittedUsers('self-authorized', {});
  }

  /**
   * Only users with a listed permission set or profile, without a consent page (`AdminApprovedPreAuthorized`). Assign
   * the permission sets before the app is deployed: users with none of them are locked out.
   */
  static preAuthorized(
    options: PreAuthorizedOptions & { readonly permissionSets: NonEmpty<string> },
  ): PermittedUsers<'pre-authorized-with-permission-sets'>;
  static preAuthorized(options: PreAuthorizedOptions): PermittedUsers<'pre-authorized'>;
  static preAuthorized(options: PreAuthorizedOptions): PermittedUsers {
    const list: unknown = typeof options === 'object' && options !== null ? options.permissionSets : undefined;
    const held = Array.isArray(list) && list.length > 0;
    return new PermittedUsers(held ? 'pre-authorized-with-permission-sets' : 'pre-authorized', options);
  }

  /** True for a PermittedUsers, whichever copy of this package made it. */
  static is(value: unknown): value is PermittedUsers {
    return hasBrand(value, 'PermittedUsers');
  }
}
