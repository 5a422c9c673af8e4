/** How bad a diagnostic is. An error stops synth, plan or apply; a warning and a note never do. */
export type Severity = 'error' | 'warning' | 'note';
