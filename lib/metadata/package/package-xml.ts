import { formatApiVersion } from '../api-version';
import { writeXml, type XmlNode } from './xml';

/** `package.xml`, or `destructiveChanges.xml`: members by type, both sorted. */
export function packageXml(members: ReadonlyMap<string, readonly string[]>, apiVersion: number): string {
  const types: XmlNode[] = [...members]
    .filter(([, names]) => names.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, names]) => ({
      name: 'types',
      children: [
        ...[...new Set(names)].sort().map((member) => ({ name: 'members', text: member })),
        { name: 'name', text: name },
      ],
    }));
  return writeXml({
    name: 'Package',
    children: [...types, { name: 'version', text: formatApiVersion(apiVersion) }],
  });
}
