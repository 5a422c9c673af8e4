import { METADATA_NAMESPACE, parseXml, toNode, writeXml, type XmlElement } from '../metadata/package/xml';
import type { Files } from '../metadata/package/zip';

/** Elements that hold a secret, wherever they stand. */
const SECRET_ANYWHERE = ['consumerSecret', 'recaptchaSecretKey', 'ecKey'];
/** Elements whose names are harmless elsewhere: keys and passwords of push services. */
const SECRET_IN_PUSH_SETTINGS = ['password', 'signingKey', 'certificate', 'serviceAccount'];
const PUSH_SETTINGS = 'ExtlClntAppPushSettings';

export interface Scrubbed {
  readonly files: Files;
  /** Files left out because a secret may hide in what cannot be parsed. */
  readonly problems: readonly { readonly fileName: string; readonly problem: string }[];
  /** What was removed, so that no later message repeats it. Never to be kept anywhere else. */
  readonly secrets: readonly string[];
}

/** Removes secrets from retrieved files; all others stay byte for byte as they came. */
export function scrub(files: Files): Scrubbed {
  const kept = new Map<string, string>();
  const problems: { fileName: string; problem: string }[] = [];
  const secrets = new Set<string>();
  for (const [fileName, content] of files) {
    const clean = scrubFile(content, secrets);
    if (clean === undefined) {
      problems.push({ fileName, problem: 'the file is not well-formed XML and may hold a secret, so it was not read' });
    } else {
      kept.set(fileName, clean);
    }
  }
  return { files: kept, problems, secrets: [...secrets] };
}

function scrubFile(content: string, secrets: Set<string>): string | undefined {
  if (![...SECRET_ANYWHERE, PUSH_SETTINGS].some((name) => content.includes(name))) return content;
  const parsed = parseXml(content);
  if (!parsed.ok) return undefined;
  const root = parsed.value;
  const names = new Set([...SECRET_ANYWHERE, ...(root.name === PUSH_SETTINGS ? SECRET_IN_PUSH_SETTINGS : [])]);
  // Comments are dropped on the way, so nothing hides in them either.
  return writeXml(toNode(without(root, names, secrets)), root.namespace === '' ? METADATA_NAMESPACE : root.namespace);
}

function without(element: XmlElement, names: ReadonlySet<string>, secrets: Set<string>): XmlElement {
  for (const { name, text } of element.children) if (names.has(name)) secrets.add(text.trim());
  const children = element.children
    .filter((child) => !names.has(child.name))
    .map((child) => without(child, names, secrets));
  return { ...element, children };
}
