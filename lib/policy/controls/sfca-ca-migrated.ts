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
    'becomes active again with the settings that it had on the day of the migration.',
  threat:
    'An app is deleted to end an incident, and its forgotten predecessor answers to clients again, without any of the ' +
    'hardening since.',
  cvss: band('medium', 'ours'),
  remedy: {
    code: 'declare the External Client App alone; a Connected App that the code owned is deleted with --allow-delete ConnectedApp:NAME',
    setup:
      'Setup > Connected Apps OAuth Usage: see whether clients still use the Connected App; then App Manager > (app) > Delete',
  },
  considerations: {
    risk: 'Metadata does not show whether the Connected App was migrated or only has the same name, nor whether it issues tokens.',
    business: 'Once the Connected App is deleted, deleting the External Client App is no way back to it.',
    guidance: 'Look at Connected Apps OAuth Usage and Login History before you delete either of the two.',
  },
  source: 'Salesforce Help: Create an External Client App from a Connected App',
  exemptable: true,
  advisory: true,
  reads: [],
  judge: (_, subject) => {
    const { app } = subject;
    if (app.sharesName === undefined) {
      return notEvaluated('Whether an External Client App has the same name is not known: not all of them were read.');
    }
    if (app.migrated === true) {
      return lowRisk(
        `It was migrated: the External Client App of its name has its consumer key${tokensLeft(subject)}. It becomes active again, with the settings that it had then, if that one is deleted.`,
      );
    }
    return app.sharesName
      ? lowRisk(
          'An External Client App has the same name, as after a migration. Whether this Connected App was migrated is not ' +
            `in its metadata${tokensLeft(subject)}.`,
        )
      : pass('The org has no External Client App of this name.');
  },
});

/** Whether someone still uses it, where tokens were asked for. */
function tokensLeft({ app, facts: { usage } }: AppSubject): string {
  const tokens = usage?.tokensOf(app);
  if (tokens === undefined) return ', nor whether it still issues tokens';
  if (tokens.state === 'unreadable') return `; its tokens are not evaluated: ${tokens.reason}`;
  const { count = 0, users = 0, lastUsed, atLeast } = tokens.state === 'value' ? tokens.value : {};
  if (count === 0) return atLeast ? '; the list of tokens is cut, so that it may have some' : '; it has no token left';
  const last = lastUsed === undefined ? '' : `, last used on ${lastUsed.slice(0, 10)}`;
  return `; it still has ${plural(count, 'token')} of ${plural(users, 'user')}${last}`;
}
