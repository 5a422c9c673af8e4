/** What an author gave as options, before any of it was looked at. */
export type Props = Readonly<Record<string, unknown>>;
