/** In single quotes, in which a POSIX shell expands nothing. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** One word of a command line that people copy: quoted where a shell would take it for something else. */
export const shellWord = (text: string): string => (/^[\w./@:+-]+$/.test(text) ? text : shellQuoted(text));
