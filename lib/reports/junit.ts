import { writeXml, type XmlNode } from '../metadata/package/xml';
import { withoutCommands } from '../values/ci-commands';

/** A JUnit report of these suites. Within what Jenkins' schema (junit-10.xsd) allows; GitLab and Azure DevOps read the same. */
export function junitText(name: string, suites: readonly XmlNode[]): string {
  const sum = (count: string): string =>
    String(suites.reduce((total, { attributes }) => total + Number(attributes?.[count]), 0));
  const attributes = { name, tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), time: '0' };
  const xml = writeXml({ name: 'testsuites', attributes, children: suites }, '').replace(' xmlns=""', '');
  return withoutCommands(xml, (character) => `&#${character.charCodeAt(0)};`);
}

/** Replaced: characters that XML 1.0 has no way to write, and those that a terminal obeys, since CI servers print it. */
export const legal = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what it is about
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');
