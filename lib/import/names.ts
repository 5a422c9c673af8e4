/** Words of TypeScript that name nothing, and names that the program has already. */
const TAKEN = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare ' +
    'default delete do else enum eval export extends false finally for from function get if implements import in ' +
    'instanceof interface is keyof let module namespace never new null number object of package private protected ' +
    'public readonly require return set static string super switch symbol this throw true try type typeof undefined ' +
    'unknown var void while with yield app org declareClients'
  ).split(' '),
);

/** Unique names of constants, functions and files; file systems may not tell capitals apart. */
export class Names {
  readonly #used = new Set<string>();

  /** `salesPortal` for `Sales_Portal`. */
  identifier(name: string): string {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const joined = words.map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word))).join('');
    const valid = /^[A-Za-z]/.test(joined) ? joined : `app${joined}`;
    return this.#unique(TAKEN.has(valid) ? `${valid}App` : valid, '');
  }

  /** `sales-portal` for `SalesPortal`. */
  file(name: string): string {
    const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').split(/[^A-Za-z0-9]+/);
    return this.#unique(
      words
        .filter((word) => word !== '')
        .join('-')
        .toLowerCase() || 'app',
      '-',
    );
  }

  #unique(wanted: string, separator: string): string {
    let name = wanted;
    for (let n = 2; this.#used.has(name.toLowerCase()); n++) name = `${wanted}${separator}${n}`;
    this.#used.add(name.toLowerCase());
    return name;
  }
}

/** `portal` for `Portal`, `crm` for `CRM`, `crmSync` for `CRMSync`. */
const lowerFirst = (word: string): string =>
  word.replace(/^[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|^[A-Z]/, (start) => start.toLowerCase());
const upperFirst = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
