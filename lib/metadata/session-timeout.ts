import { parseXml } from './package/xml';

/** `sessionTimeout` of the session settings is a word; minutes by the Metadata API Developer Guide. */
const MINUTES: Readonly<Record<string, number>> = {
  FifteenMinutes: 15,
  ThirtyMinutes: 30,
  SixtyMinutes: 60,
  NinetyMinutes: 90,
  TwoHours: 120,
  FourHours: 240,
  EightHours: 480,
  TwelveHours: 720,
  TwentyFourHours: 1440,
};

/** True for the file of a package or Salesforce DX project that holds the security settings of the org. */
export const isSecuritySettings = (path: string): boolean => /(^|\/)Security\.settings(-meta\.xml)?$/.test(path);

/** The org-wide session timeout in minutes, from the text of `Security.settings`; undefined where it states none. */
export function sessionTimeoutMinutes(securitySettings: string): number | undefined {
  const document = parseXml(securitySettings);
  if (!document.ok) return undefined;
  const session = document.value.children.find(({ name }) => name === 'sessionSettings');
  const word = session?.children.find(({ name }) => name === 'sessionTimeout')?.text.trim();
  return word === undefined ? undefined : MINUTES[word];
}
