import { plural } from '../../values/plural';
import type { AppSubject } from '../control';
import { ALL_KINDS, appControl, lowRisk, notEvaluated, pass } from '../define';
import { band } from '../severity';

export const control = appControl({
  id: 'SFCA-CA-MIGRATED',
  title: 'No External Client App has the name of the Connected App',
  finding: 'An External Client App has the same name',
  appliesTo: ['connected-app'],
  kinds: ALL_KINDS,
  recommended:
    'Delete the Connected App that a migration left behind once every client works through the External Client App.',
  risk:
    'A migration leaves the Connected App behind, read-only. When the External Client App is deleted, the Connected App ' +
    'becomes active again with the settings it had on the day of the migration.',
  threat:
    'An app is deleted to end an incident, and its forgotten predecessor serves clients again, without any of the ' +
    'hardening done since.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'declare only the External Client App; delete a Connected App that the code owned with --allow-delete ConnectedApp:NAME',
    setup:
      'Setup > Connected Apps OAuth Usage: see whether clients still use the Connected App; then App Manager > (app) > Delete',
  },
  considerations: {
    risk: 'Metadata does not show whether the Connected App was migrated or only has the same name, nor whether it issues tokens.',
    business: 'Once the Connected App is deleted, deleting the External Client App no longer brings it back.',
    guidance: 'Check Connected Apps OAuth Usage and Login History before you delete either of them.',
  },
  source: 'Salesforce Help: Create an External Client App from a Connected App',
  exemptable: true,
  advisory: true,
  reads: [],
  judge: (_, subject) => {
    const { app } = subject;
    if (app.sharesName === undefined) {
      return notEvaluated(
        'It is not known whether an External Client App has the same name, because not all of them were read.',
      );
    }
    if (app.migrated === true) {
      return lowRisk(
        `It was migrated: the External Client App with its name has its consumer key${tokensLeft(subject)}. It becomes active again, with the settings it had then, if that app is deleted.`,
      );
    }
    return app.sharesName
      ? lowRisk(
          'An External Client App has the same name, as after a migration. Its metadata does not show whether this Connected App was ' +
            `migrated${tokensLeft(subject)}.`,
        )
      : pass('The org has no External Client App with this name.');
  },
});

/** Whether someone still uses it, where tokens were asked for. */
function tokensLeft({ app, facts: { usage } }: AppSubject): string {
  const tokens = usage?.tokensOf(app);
  if (tokens === undefined) return ', nor whether it still issues tokens';
  if (tokens.state === 'unreadable') return `; its tokens are not evaluated: ${tokens.reason}`;
  const { count = 0, users = 0, lastUsed, atLeast } = tokens.state === 'value' ? tokens.value : {};
  if (count === 0)
    return atLeast ? '; the list of tokens is incomplete, so it may have some' : '; it has no tokens left';
  const last = lastUsed === undefined ? '' : `, last used on ${lastUsed.slice(0, 10)}`;
  return `; it still has ${plural(count, 'token')} of ${plural(users, 'user')}${last}`;
}
