import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { OrgFacts } from './org';
import {
  API_ENABLED,
  CUSTOMIZE_APPLICATION,
  EXTERNAL_CLIENT_APP_ADMIN,
  EXTERNAL_CLIENT_APP_DEVELOPER,
  MANAGE_CONNECTED_APPS,
  MANAGE_PERMISSION_SETS,
  MODIFY_ALL_DATA,
  MODIFY_METADATA,
  type UserPermission,
  VIEW_SETUP,
} from './permissions';

interface Need {
  /** One of them is enough. */
  readonly anyOf: readonly UserPermission[];
  /** An error where Salesforce documents that every deploy needs it; a warning where its effect is inferred. */
  readonly severity: 'error' | 'warning';
  /** Completes "without it …". */
  readonly consequence: string;
  readonly source: string;
  /** Who has to give it. @default - the permission set that every deploying user needs */
  readonly by?: 'connected-apps' | 'assignments';
}

const NEEDS: readonly Need[] = [
  {
    anyOf: [API_ENABLED],
    severity: 'error',
    consequence: 'the user cannot call the API',
    source: 'Metadata API Developer Guide: Quick Start, prerequisites',
  },
  {
    anyOf: [MODIFY_METADATA, MODIFY_ALL_DATA],
    severity: 'error',
    consequence: 'every deploy is refused',
    source: 'Metadata API Developer Guide: deploy()',
  },
  {
    anyOf: [EXTERNAL_CLIENT_APP_DEVELOPER],
    severity: 'warning',
    consequence: 'creating apps and changing their settings will probably be refused',
    source: 'Metadata API Developer Guide: ExternalClientApplication, special access rules',
  },
  {
    anyOf: [EXTERNAL_CLIENT_APP_ADMIN],
    severity: 'warning',
    consequence: 'apps may be invisible and changing their policies will probably be refused',
    source: 'Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, special access rules',
  },
  {
    anyOf: [VIEW_SETUP],
    severity: 'warning',
    consequence: 'usernames and permission sets may not be readable',
    source: 'Salesforce Help: User Permissions',
  },
];

const CONNECTED_APP_SOURCE = 'Salesforce Help: Manage OAuth access policies for a Connected App, required permissions';

const CONNECTED_APP_NEEDS: readonly Need[] = [
  {
    anyOf: [CUSTOMIZE_APPLICATION],
    by: 'connected-apps',
    severity: 'warning',
    consequence: 'changing a Connected App will probably be refused',
    source: CONNECTED_APP_SOURCE,
  },
  {
    anyOf: [MODIFY_ALL_DATA, MANAGE_CONNECTED_APPS],
    by: 'connected-apps',
    severity: 'warning',
    consequence: 'changing a Connected App will probably be refused',
    source: CONNECTED_APP_SOURCE,
  },
];

const ASSIGNMENT_NEEDS: readonly Need[] = [MODIFY_ALL_DATA, MANAGE_PERMISSION_SETS].map((permission) => ({
  anyOf: [permission],
  by: 'assignments',
  severity: 'warning',
  consequence: 'changing the profiles and permission sets of a Connected App will probably be refused',
  source: CONNECTED_APP_SOURCE,
}));

/** What of Connected Apps is written: that takes more permissions. */
export interface Touched {
  readonly connectedApps?: boolean;
  /** Their profiles or permission sets. */
  readonly assignments?: boolean;
}

const needsOf = ({ connectedApps, assignments }: Touched): readonly Need[] => [
  ...NEEDS,
  ...(connectedApps ? CONNECTED_APP_NEEDS : []),
  ...(assignments ? ASSIGNMENT_NEEDS : []),
];

/**
 * What the connected user lacks, reported before the first write. A permission that could not be read is a note:
 * the org itself then decides.
 * @param path Where to say it, usually the construct path of the org.
 */
export function preflight(facts: OrgFacts, path: string, touched: Touched = {}): readonly Diagnostic[] {
  const needs = needsOf(touched);
  const own = facts.ownPermissions;
  if (own === undefined)
    return [
      unreadable(
        path,
        needs.flatMap((need) => need.anyOf),
        facts.unread,
      ),
    ];
  const missing = needs.filter(({ anyOf }) => anyOf.every(({ name }) => own.get(name) === false));
  const unknown = needs.filter(
    ({ anyOf }) => !anyOf.some(({ name }) => own.get(name) === true) && anyOf.some(({ name }) => !own.has(name)),
  );
  return [
    ...missing.map((need) => lacking(path, need)),
    ...(unknown.length === 0
      ? []
      : [
          unreadable(
            path,
            unknown.flatMap((need) => need.anyOf),
            facts.unread,
          ),
        ]),
  ];
}

const spelled = ({ label, name }: UserPermission): string => `"${label}" (${name})`;

function lacking(path: string, { anyOf, severity, consequence, source, by }: Need): Diagnostic {
  const facts = { permission: anyOf.map(spelled).join(' or '), consequence };
  const entry =
    by === undefined ? 'deploying-user-lacks-permission' : (`deploying-user-lacks-permission/${by}` as const);
  return diagnose(entry, { path, severity, source }, facts);
}

function unreadable(path: string, permissions: readonly UserPermission[], unread: readonly string[]): Diagnostic {
  const reason = unread.length === 0 ? '' : ` (${unread.join('; ')})`;
  const facts = { permissions: permissions.map(spelled).join(', '), reason };
  return diagnose('deploying-user-permissions-unread', { path }, facts);
}
