/** Clients that everyone knows, and the labels under which their makers have them approved. */
const WELL_KNOWN: readonly { readonly product: string; readonly labels: readonly string[] }[] = [
  { product: 'Data Loader', labels: ['Dataloader Bulk', 'Dataloader Partner'] },
  { product: 'Salesforce CLI', labels: ['Salesforce CLI'] },
  { product: 'Workbench', labels: ['Workbench'] },
  { product: 'Ant Migration Tool', labels: ['Ant Migration Tool'] },
  { product: 'Salesforce for Outlook', labels: ['Salesforce for Outlook'] },
  { product: 'Salesforce Chatter', labels: ['Salesforce Chatter'] },
  { product: 'Salesforce for Android', labels: ['Salesforce for Android'] },
  { product: 'Salesforce for iOS', labels: ['Salesforce for iOS'] },
  { product: 'Force.com IDE', labels: ['Force.com IDE'] },
  // Has no app of its own: every org makes one, so that a label says nothing.
  { product: 'Postman', labels: [] },
];

/** Letters of other alphabets that are drawn like Latin ones, and digits that are read as letters. */
const LIKE_LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  ['аa', 'еe', 'оo', 'рp', 'сc', 'хx', 'іi', 'ѕs', 'ԁd', 'ոn', 'οo', 'αa', 'ρp', 'νv', 'τt', '0o', '1l', 'ıi'].map(
    (pair) => [pair.charAt(0), pair.charAt(1)],
  ),
);

/** A label as a hasty reader sees it: without case, blanks, signs and accents, in Latin letters. */
export const foldLabel = (label: string): string =>
  Array.from(label.normalize('NFKD').toLowerCase())
    .map((character) => LIKE_LATIN[character] ?? character)
    .join('')
    .replace(/[^a-z0-9]/g, '');

/** The shortest name that is looked for inside another one; shorter ones would be found by chance. */
const SHORTEST = 7;

/** What a label passes itself off as: the product's name, while the product's own app is called otherwise. */
export function looksLike(label: string): { readonly product: string; readonly why: string } | undefined {
  const folded = foldLabel(label);
  for (const { product, labels } of WELL_KNOWN) {
    if (labels.includes(label)) return undefined;
    const names = [product, ...labels].map(foldLabel);
    if (!names.some((name) => folded === name || (name.length >= SHORTEST && folded.includes(name)))) continue;
    const why =
      labels.length === 0
        ? `${product} has no app of its own; it is not known who owns this one`
        : `the app of ${product} is called ${labels.join(' or ')}`;
    return { product, why };
  }
  return undefined;
}
