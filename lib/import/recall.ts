import type { ClientKind } from '../declaration/client-app';
import type { DeclareContext } from '../declaration/reading';
import { canonicalJson } from '../metadata/digest';
import { toComponents } from '../metadata/to-components';
import type { ClientApp } from '../options/client-app';
import type { Expression } from '../options/expression';
import type { Live } from '../options/recall';
import { ROWS } from '../options/table';
import { oneYearAfter } from '../values/iso-date';
import { ok, type Result } from '../values/result';
import { liveOf } from './live';
import type { Found } from './model';
import { judge, settle, type Settled, type Stated } from './settle';

interface Recalled {
  readonly kind: ClientKind;
  readonly context: DeclareContext;
  /** Where files of the app stand, with a slash at its end. */
  readonly folder: string;
}

/**
 * An app of the org as the constructs accept it, less what holds without being stated.
 * @param edit What becomes of the options as the org has them, before the constructs judge them. Default: nothing.
 * @returns Why it cannot be declared, where it cannot.
 */
export function recallSettled(
  { app, org: { apiVersion } }: Found,
  { kind, context, folder }: Recalled,
  edit = (recalled: Stated): Stated => recalled,
): Result<Settled, string> {
  const live = liveOf(app, { kind, apiVersion, expires: oneYearAfter(context.today), folder });
  const settled = settle(edit(recall(live)), kind, context);
  return settled.ok ? ok(withoutDefaults(settled.value, kind, context)) : settled;
}

/** What the author of an app would have to write for it as the org has it, option by option. */
const recall = (live: Live): Stated =>
  new Map(
    ROWS.filter(({ kinds }) => kinds.includes(live.kind)).flatMap((row): readonly (readonly [string, Expression])[] => {
      const expression = row.recall?.(live);
      return expression ? [[row.name, expression]] : [];
    }),
  );

/** Less what holds without being stated. */
function withoutDefaults({ stated, leftOut, app }: Settled, kind: ClientKind, context: DeclareContext): Settled {
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
