import { nearest } from './nearest';

/**
 * The username that was perhaps meant: its part before the @ is a slip away, and what follows is, too, or has the name of a
 * sandbox at its end. The whole would not do: colleagues have most of it in common.
 */
export function similarUsername(text: string, usernames: readonly string[]): string | undefined {
  const [name, domain] = parts(text);
  const near = usernames.filter((username) => {
    const [ownName, ownDomain] = parts(username);
    return isNear(name, ownName) && (ownDomain.startsWith(`${domain}.`) || isNear(domain, ownDomain));
  });
  return nearest(text, near) ?? near[0];
}

const isNear = (text: string, other: string): boolean => nearest(text, [other]) !== undefined;

function parts(username: string): readonly [name: string, domain: string] {
  const at = username.lastIndexOf('@');
  return at < 0 ? [username, ''] : [username.slice(0, at).toLowerCase(), username.slice(at + 1).toLowerCase()];
}
