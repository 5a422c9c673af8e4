interface Stored {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly consumer?: { readonly key: string };
}

interface OrgState {
  readonly components: Readonly<Record<string, Readonly<Record<string, Stored>>>>;
  readonly usage?: { readonly grants?: readonly unknown[] };
}

/** Every component of an org, as the emulator keeps it: no reading of ours is asked. */
export const componentsIn = (state: object): readonly (readonly [type: string, name: string, stored: Stored])[] =>
  Object.entries((state as OrgState).components).flatMap(([type, all]) =>
    Object.entries(all).map(([name, stored]) => [type, name, stored] as const),
  );

/** All that commands change in an org, in lines, without what Salesforce numbers and dates. */
export function standing(state: object): string {
  const lines = componentsIn(state).flatMap(([type, name, { fields, consumer }]) => {
    // A switch of the whole org that was never touched has no record, and is off.
    const isOrgWide = type === `${name}Settings`;
    return [
      ...(isOrgWide ? [] : [`${type} ${name}`]),
      ...Object.entries(fields)
        .filter(([, value]) => !isOrgWide || value !== false)
        .map(([field, value]) => `${type} ${name} ${field} ${JSON.stringify(value)}`),
      ...(consumer ? [`${type} ${name} key: ${consumer.key}`] : []),
    ];
  });
  const { usage } = state as OrgState;
  return [...lines.sort(), `tokens: ${usage?.grants?.length ?? 0}`].join('\n');
}
