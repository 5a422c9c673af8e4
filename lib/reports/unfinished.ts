import type { Followed } from '../operations/follow-deploys';
import type { FollowedSwitch } from '../operations/switch-deploy';

interface Sent {
  readonly id?: string;
}

/** What the org says of a deploy whose end no one has seen. @param now Completes it where the org does not know the end. */
export function deployWords({ id }: Sent, { standing, queue }: Followed<Sent>, now: string): string {
  const { status, word = '' } = standing.get(id ?? '') ?? {};
  if (status === 'running') return `${id} is still running in the org (${word})`;
  if (status === 'succeeded') return `done (${id})`;
  if (status === 'failed') return `refused (${id}), none of it was kept`;
  if (status === 'gone') return `the org no longer knows the deploy ${id}; ${now}`;
  if (status === 'unclear') return `${id} ended as ${word}; ${now}`;
  if (!queue || 'unknown' in queue) return `whether it was sent is not known, nor what runs in the org; ${now}`;
  if (queue.ids.length > 0) return `whether it was sent is not known; in the org there were ${queue.ids.join(', ')}`;
  return `no deploy is running in the org, so it was not sent or has ended; ${now}`;
}

/** When a run began, where that is known. */
export const sinceWords = (begun: string | undefined): string => (begun === undefined ? '' : ` that began ${begun}`);

/** The deploy of a stop or a start that was cut off. */
export const switchWords = (followed: FollowedSwitch): string =>
  deployWords(
    followed.underWay.deploy === undefined ? {} : { id: followed.underWay.deploy },
    followed,
    'the app is read again',
  );

/** What else a stop was to do. */
export const tokensLeftWords = ({ underWay }: Pick<FollowedSwitch, 'underWay'>): string =>
  underWay.revoke ? '; its tokens were to be revoked, which was not started' : '';

/** One line about a stop or a start that was cut off. */
export const unfinishedSwitchText = (followed: FollowedSwitch): string => {
  const { underWay, change } = followed;
  return `A ${underWay.verb} of ${change.app}${sinceWords(underWay.begun)} was interrupted: ${switchWords(followed)}${tokensLeftWords(followed)}.`;
};
