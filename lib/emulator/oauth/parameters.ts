/** The first parameter that comes more than once: RFC 6749 (3.1, 3.2) lets none, as readers differ in which of them counts. */
export const repeated = (...sent: readonly URLSearchParams[]): string | undefined => {
  const names = sent.flatMap((parameters) => [...parameters.keys()]);
  return [...new Set(names)].find((name) => {
    const values = sent.flatMap((parameters) => parameters.getAll(name));
    const twice = sent.some((parameters) => parameters.getAll(name).length > 1);
    // A form may send again what its address says.
    return twice || new Set(values).size > 1;
  });
};
