import { parseXml } from '../metadata/package/xml';
import type { Files } from '../metadata/package/zip';
import type { IpRange } from './own-login';
import { profileMetadataName } from './profile-names';

/** The login IP ranges of a profile, of the files of a retrieve; empty: it has none. Undefined where it is not in them. */
export function loginIpRangesIn(files: Files, profile: string): readonly IpRange[] | undefined {
  const name = profileMetadataName(profile);
  const text = files.get(`profiles/${name}.profile`) ?? files.get(`profiles/${encodeURIComponent(name)}.profile`);
  const document = text === undefined ? undefined : parseXml(text);
  if (!document?.ok) return undefined;
  return document.value.children
    .filter((child) => child.name === 'loginIpRanges')
    .map(({ children }) => {
      const end = (of: string): string => children.find((child) => child.name === of)?.text.trim() ?? '';
      return { start: end('startAddress'), end: end('endAddress') };
    });
}
