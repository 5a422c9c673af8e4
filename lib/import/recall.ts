import type { ClientKind } from '../declaration/client-app';
import type { DeclareContext } from '../declaration/reading';
import { canonicalJson } from '../metadata/digest';
import { toComponents } from '../metadata/to-components';
import type { ClientApp } from '../options/client-app';
import type { Expression } from '../options/expression';
import type { Live } from '../options/recall';
import { ROWS } from '../options/table';
import { judge, type Settled, type Stated } from './settle';

/** What the author of an app would have to write for it as the org has it, option by option. */
export const recall = (live: Live): Stated =>
  new Map(
    ROWS.filter(({ kinds }) => kinds.includes(live.kind)).flatMap((row): readonly (readonly [string, Expression])[] => {
      const expression = row.recall?.(live);
      return expression ? [[row.name, expression]] : [];
    }),
  );

/** Less what holds without being stated. */
export function withoutDefaults({ stated, leftOut, app }: Settled, kind: ClientKind, context: DeclareContext): Settled {
  const means = meaningOf(app, context);
  let kept = stated;
  for (const option of stated.keys()) {
    const fewer = new Map([...kept].filter(([name]) => name !== option));
    const without = judge(fewer, kind, context);
    if (without.ok && meaningOf(without.value, context) === means) kept = fewer;
  }
  return { stated: kept, leftOut, app };
}

/** What an app does to its org. */
function meaningOf(app: ClientApp, { apiVersion }: DeclareContext): string {
  const values = toComponents(app, '', apiVersion).map(({ type, fields }) => [
    type,
    Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
  ]);
  return canonicalJson([app.adopt, app.platform, app.exceptions.map(({ option }) => option), values]);
}
