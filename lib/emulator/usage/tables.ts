import { splitCommas, textOf, textsOf } from '../fields';
import { id18, recordId } from '../ids';
import type { Queryable, Row } from '../query/table';
import { CONNECTED_APP, HEADER, OAUTH_POLICY, PERMISSION_SET } from '../schema/types';
import { componentOf, componentsOf, headerOf, type OrgState, type OrgUser } from '../state';
import type { EmulatorSwitches } from '../switches';
import { adminApproves, labelOf, recordOf, usageOf } from './grants';
import { holds } from './permissions';
import type { Grant, Login } from './state';

const userOf = (state: OrgState, id: string): Row | null => {
  const user = state.users.find((one) => one.id === id);
  return user === undefined
    ? null
    : { Id: id, Username: user.username, Name: user.username.split('@')[0] ?? '', IsActive: user.active };
};

/** Everyone's rows for who holds one of the permissions, else one's own: nothing says that some are missing. */
const seenBy = <T extends { readonly userId: string }>(
  state: OrgState,
  caller: OrgUser | undefined,
  permissions: readonly string[],
  rows: readonly T[],
): readonly T[] =>
  permissions.some((permission) => holds(state, caller, permission))
    ? rows
    : rows.filter(({ userId }) => userId === caller?.id);

const menuItem = (state: OrgState, grant: Grant, switches: EmulatorSwitches): Row | null => {
  const record = recordOf(state, grant.app);
  const shown = grant.app.kind === 'connected-app' || switches.externalClientAppMenuItems;
  if (record === undefined || !shown) return null;
  return {
    Id: id18(`0DS${record.id.slice(3, 15)}`),
    ApplicationId: record.id,
    Label: labelOf(state, grant.app),
    Name: grant.app.name,
    IsUsingAdminAuthorization: grant.app.kind === 'connected-app' && adminApproves(record),
  };
};

const oauthToken = (switches: EmulatorSwitches): Queryable => ({
  rows: (state, caller) => {
    const listed = usageOf(state).grants.filter(
      ({ app }) => switches.externalClientAppTokensListed || app.kind !== 'external-client-app',
    );
    return seenBy(state, caller, ['CustomizeApplication'], listed).map((grant) => {
      const item = menuItem(state, grant, switches);
      return {
        Id: null,
        AccessToken: grant.refreshToken ?? null,
        RequestToken: null,
        DeleteToken: grant.deleteToken,
        AppName: labelOf(state, grant.app),
        AppMenuItemId: item === null ? null : (item['Id'] ?? null),
        AppMenuItem: item,
        UserId: grant.userId,
        User: userOf(state, grant.userId),
        CreatedDate: grant.createdDate,
        LastUsedDate: grant.lastUsedDate ?? null,
        UseCount: grant.useCount,
      };
    });
  },
  fields: [
    'Id',
    'AccessToken',
    'RequestToken',
    'DeleteToken',
    'AppName',
    'AppMenuItemId',
    ...['Id', 'ApplicationId', 'Label', 'Name', 'IsUsingAdminAuthorization'].map((name) => `AppMenuItem.${name}`),
    'UserId',
    ...['Id', 'Username', 'Name', 'IsActive'].map((name) => `User.${name}`),
    'CreatedDate',
    'LastUsedDate',
    'UseCount',
  ],
  limits: { page: 500, rows: 2500, offsets: switches.oauthTokenOffsets },
});

const loginRow = (login: Login): Row => ({
  Id: login.id,
  UserId: login.userId,
  LoginTime: login.time,
  Application: login.application,
  LoginType: login.type,
  LoginSubType: login.subType ?? null,
  SourceIp: login.sourceIp,
  Status: login.status,
  ApiType: null,
  ClientVersion: null,
});

const LOGIN_HISTORY: Queryable = {
  rows: (state, caller) =>
    seenBy(state, caller, ['ManageUsers', 'MonitorLoginHistory'], usageOf(state).logins).map(loginRow),
  fields: [
    ...['Id', 'UserId', 'LoginTime', 'Application', 'LoginType', 'LoginSubType', 'SourceIp', 'Status', 'ApiType'],
    'ClientVersion',
  ],
  unfilterable: ['Application', 'SourceIp', 'Status', 'ApiType', 'ClientVersion'],
};

/** One session for each access token that still works. @param current The one of the request. */
const authSession = (current: string | undefined): Queryable => ({
  rows: (state, caller) =>
    seenBy(state, caller, ['ManageUsers'], usageOf(state).grants).flatMap((grant) =>
      grant.accessTokens.map((token, index) => ({
        Id: id18(`0Ak${grant.id.slice(3, 12)}${String(index).padStart(3, '0')}`),
        UsersId: grant.userId,
        SessionType: 'Oauth2',
        LoginType: 'Remote Access 2.0',
        LoginHistoryId: null,
        SourceIp: grant.sessions?.[token]?.address ?? null,
        CreatedDate: grant.lastUsedDate ?? grant.createdDate,
        LastModifiedDate: grant.lastUsedDate ?? grant.createdDate,
        IsCurrent: token === current,
        IsAssociatedWithJwtAccessToken: token.startsWith('eyJ'),
      })),
    ),
  fields: [
    ...['Id', 'UsersId', 'SessionType', 'LoginType', 'LoginHistoryId', 'SourceIp', 'CreatedDate', 'LastModifiedDate'],
    ...['IsCurrent', 'IsAssociatedWithJwtAccessToken'],
  ],
});

const CONNECTED_APPLICATION: Queryable = {
  rows: (state) =>
    componentsOf(state, CONNECTED_APP).map((app) => ({
      Id: app.id,
      Name: textOf(app.fields, 'label') ?? app.fullName,
      CreatedDate: app.createdDate,
      OptionsAllowAdminApprovedUsersOnly: adminApproves(app),
      OptionsIsInternal: false,
    })),
  fields: ['Id', 'Name', 'CreatedDate', 'OptionsAllowAdminApprovedUsersOnly', 'OptionsIsInternal'],
};

/** Which permission set opens which app. */
const SETUP_ENTITY_ACCESS: Queryable = {
  rows: (state) => {
    const setId = (name: string): string | null => componentOf(state, PERMISSION_SET, name)?.id ?? null;
    const row = (entity: string, type: string, parent: string | null, n: number): Row => ({
      Id: recordId('0J0', Number(entity.slice(3, 15)) * 100 + n),
      SetupEntityId: entity,
      SetupEntityType: type,
      ParentId: parent,
    });
    return [
      ...componentsOf(state, CONNECTED_APP).flatMap(({ id, fields }) =>
        textsOf(fields, 'permissionSetName').map((name, n) => row(id, 'ConnectedApplication', setId(name), n)),
      ),
      ...componentsOf(state, OAUTH_POLICY).flatMap(({ fields }) => {
        const header = headerOf(state, textOf(fields, 'externalClientApplication') ?? '');
        const names = splitCommas(textOf(fields, 'commaSeparatedPermissionSet'));
        return header === undefined ? [] : names.map((name, n) => row(header.id, HEADER, setId(name), n));
      }),
    ];
  },
  fields: ['Id', 'SetupEntityId', 'SetupEntityType', 'ParentId'],
};

/** Salesforce deletes rows of the setup audit trail after so many days. */
const TRAIL_DAYS = 180;

/** @param now ISO time of the org’s own clock. */
const setupAuditTrail = (now: string): Queryable => ({
  rows: (state, caller) =>
    holds(state, caller, 'ViewSetup')
      ? usageOf(state)
          .auditTrail.filter(({ time }) => Date.parse(now) - Date.parse(time) < TRAIL_DAYS * 86_400_000)
          .map(({ id, time, userId, action, section, display }) => ({
            Id: id,
            CreatedDate: time,
            CreatedById: userId,
            CreatedBy: userOf(state, userId),
            Action: action,
            Section: section,
            Display: display,
          }))
      : [],
  fields: ['Id', 'CreatedDate', 'CreatedById', 'CreatedBy.Username', 'Action', 'Section', 'Display'],
  unfilterable: ['Section', 'Display'],
});

/** Logs of events; the log itself is a resource of its own. */
const EVENT_LOG_FILE: Queryable = {
  rows: (state, caller) =>
    seesEventLogs(state, caller)
      ? (usageOf(state).eventLogs ?? []).map(({ id, type, time, text }) => ({
          Id: id,
          EventType: type,
          Interval: 'Daily',
          Sequence: 0,
          LogDate: time,
          CreatedDate: time,
          LogFile: `/services/data/v66.0/sobjects/EventLogFile/${id}/LogFile`,
          LogFileContentType: 'text/csv',
          LogFileLength: Buffer.byteLength(text),
        }))
      : [],
  fields: [
    ...['Id', 'EventType', 'Interval', 'Sequence', 'LogDate', 'CreatedDate', 'LogFile', 'LogFileContentType'],
    'LogFileLength',
  ],
};

/** Whether the user may see event log files at all. */
export const seesEventLogs = (state: OrgState, caller: OrgUser | undefined): boolean =>
  holds(state, caller, 'ViewEventLogFiles') || holds(state, caller, 'ViewAllData');

interface Asked {
  /** ISO time of the org’s own clock. */
  readonly now: string;
  /** The access token of the request. */
  readonly session?: string | undefined;
}

/** The objects that tell who uses the org through what. */
export const usageTables = (
  switches: EmulatorSwitches,
  { now, session }: Asked,
): Readonly<Record<string, Queryable>> => ({
  OauthToken: oauthToken(switches),
  LoginHistory: LOGIN_HISTORY,
  AuthSession: authSession(session),
  ConnectedApplication: CONNECTED_APPLICATION,
  SetupEntityAccess: SETUP_ENTITY_ACCESS,
  SetupAuditTrail: setupAuditTrail(now),
  ...(switches.eventLogFilesAvailable && { EventLogFile: EVENT_LOG_FILE }),
});

/** What the Tooling API tells of installed packages. */
export const USAGE_TOOLING_TABLES: Readonly<Record<string, Queryable>> = {
  InstalledSubscriberPackage: {
    rows: (state) =>
      usageOf(state).packages.map(({ id, name, namespace }) => ({
        Id: id,
        SubscriberPackageId: id18(`033${id.slice(3, 15)}`),
        SubscriberPackage: { Name: name, NamespacePrefix: namespace },
      })),
    fields: ['Id', 'SubscriberPackageId', 'SubscriberPackage.Name', 'SubscriberPackage.NamespacePrefix'],
  },
};
