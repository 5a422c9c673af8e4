import type { ClientKind } from '../declaration/client-app';
import { liveText } from '../metadata/live-app';
import { filesIn, parts } from '../options/expression';
import { groupBy } from '../values/group-by';
import { oneYearAfter } from '../values/iso-date';
import { choose } from './choose';
import { contextOf } from './context';
import { makeSafe } from './controls';
import { kindIn } from './kind';
import { merge } from './merge';
import type { AppSource, DeclaredApp, Found, Gap, ImportedProgram, ImportInput, NotDeclared } from './model';
import { gapText } from './notes';
import { planned } from './planned';
import { recallSettled } from './recall';
import { type LeftOut, settle, type Settled, type Stated } from './settle';
import { filesOf } from './source';

/**
 * The client apps of orgs as a program that a person would have written: what the orgs have, where the constructs accept
 * it, and the secure value where they do not. Everything that its first apply changes is announced by a comment, because
 * both come from the same plan. Pure: the same input always gives the same program.
 */
export function importProgram(input: ImportInput): ImportedProgram {
  const { orgs, today, cdk = 'cdktf' } = input;
  const expires = oneYearAfter(today);
  const chosen = orgs.map((org) => choose(org, input.keepAsIs));
  const notDeclared: NotDeclared[] = chosen.flatMap((each) => each.notDeclared);
  const apps = grouped(chosen.flatMap(({ found }) => found)).flatMap((found): readonly AppSource[] => {
    const source = sourceOf(found, input);
    notDeclared.push(...source.notDeclared);
    return source.app ? [source.app] : [];
  });
  const plans = orgs.map((org) => planned(org, apps, today));
  const hardenings = plans.flatMap((each) => each.hardenings);
  return {
    files: filesOf({ orgs, apps, hardenings, notDeclared, expires, cdk }),
    apps: apps.map(({ apiName, platform, kind, verdict, found }) => ({
      api_name: apiName,
      platform,
      kind,
      confidence: verdict.confidence,
      because: verdict.evidence.map((each) => `${each.kind}: ${each.because}`),
      orgs: found.map(({ org }) => org.name),
      ...managedIn(found),
    })),
    hardenings,
    gaps: [...apps.flatMap(gapsOf), ...plans.flatMap((each) => each.gaps)],
    not_declared: notDeclared,
  };
}

/** An app of several orgs is one app; in a fixed order. */
function grouped(found: readonly Found[]): readonly (readonly Found[])[] {
  const byApp = groupBy(found, ({ app }) => `${app.apiName} ${app.platform}`);
  return [...byApp].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, all]) => all);
}

interface Sourced {
  readonly app?: AppSource;
  readonly notDeclared: readonly NotDeclared[];
}

function sourceOf(found: readonly Found[], input: ImportInput): Sourced {
  const [first] = found;
  if (!first) return { notDeclared: [] };
  const { apiName, platform } = first.app;
  const { kind, verdict } = kindIn(found, input.kinds.get(apiName));
  const folderOf = (org: string): string => (input.orgs.length > 1 ? `certificates/${org}/` : 'certificates/');
  const notDeclared: NotDeclared[] = [];
  const refuse = (each: Found, reason: string): void => {
    notDeclared.push({
      org: each.org.name,
      app: apiName,
      platform,
      state: 'not declared',
      reason: `as a ${kind} client: ${reason}`,
    });
  };
  const settled = found.flatMap((each) => {
    const context = contextOf(each.org, apiName, input.today);
    const result = recallSettled(each, { kind, context, folder: folderOf(each.org.name) });
    if (!result.ok) refuse(each, result.error);
    return result.ok ? [{ each, settled: result.value }] : [];
  });
  const shared = share(settled, kind, input.today);
  for (const [each, reason] of shared.refused) refuse(each, reason);
  const judged = shared.found.map(({ org }) => ({ org, context: contextOf(org, apiName, input.today) }));
  if (judged.length === 0) return { notDeclared };
  const safe = makeSafe(shared.stated, { kind, platform }, judged);
  if (!safe.ok) {
    for (const each of shared.found) refuse(each, safe.error);
    return { notDeclared };
  }
  const leftOut = new Map<string, readonly LeftOut[]>(
    settled
      .filter(({ each }) => shared.found.includes(each))
      .map(({ each, settled: own }) => [each.org.name, [...own.leftOut, ...safe.value.leftOut]]),
  );
  const { stated, exemptions } = safe.value;
  return { notDeclared, app: { apiName, platform, kind, verdict, found: shared.found, stated, leftOut, exemptions } };
}

/** One declaration for the orgs that accept it. */
function share(
  settled: readonly { readonly each: Found; readonly settled: Settled }[],
  kind: ClientKind,
  today: string,
): {
  readonly stated: Stated;
  readonly found: readonly Found[];
  readonly refused: readonly (readonly [Found, string])[];
} {
  const refused: (readonly [Found, string])[] = [];
  let rest = settled;
  for (;;) {
    const stated = merge(rest.map(({ each, settled: own }) => [each.org.name, own.stated]));
    const [bad] = rest.flatMap((one) => {
      const result = settle(stated, kind, contextOf(one.each.org, one.each.app.apiName, today));
      return result.ok && result.value.leftOut.every(({ refused: why }) => !why) ? [] : [{ one, why: result }];
    });
    if (!bad) return { stated, found: rest.map(({ each }) => each), refused };
    rest = rest.filter((one) => one !== bad.one);
    refused.push([bad.one.each, bad.why.ok ? 'its values do not fit those of the other orgs' : bad.why.error]);
  }
}

/** Who manages the app as code in each of its orgs; of one that is still to be taken over somewhere, nothing. */
function managedIn(found: readonly Found[]): Pick<DeclaredApp, 'managed_by'> {
  const owners = found.map(({ app }) => liveText(app, 'managedBy'));
  const [first] = owners;
  return first === undefined || owners.includes(undefined) ? {} : { managed_by: first };
}

/** What the program leaves to a person to write. Of an app that was applied, another program says it already. */
function gapsOf(source: AppSource): readonly Gap[] {
  const gaps = toWrite(source);
  const { managed_by: owner } = managedIn(source.found);
  if (owner === undefined || gaps.length === 0) return gaps;
  return [
    {
      app: source.apiName,
      problem: `it is managed as code by ${owner} already`,
      remedy:
        'continue with the program that declares it: its justifications and certificates are there. If that program is lost, write them again where the comments of this one say so',
    },
  ];
}

function toWrite({ apiName: app, stated, exemptions }: AppSource): readonly Gap[] {
  const gaps: Gap[] = exemptions.map((control) => ({
    app,
    problem: `it violates the control ${control}`,
    remedy: 'write the reason and the approver of its exemption, or change the app',
  }));
  for (const [option, value] of stated) {
    for (const { is } of parts(value)) {
      if (is !== 'blank') continue;
      gaps.push({ app, problem: `${option} needs a justification`, remedy: 'write its reason and its approver' });
    }
    for (const { path, file } of filesIn(value)) {
      if ('text' in file) continue;
      gaps.push({
        app,
        problem: gapText(file.fingerprint).replaceAll('this file', path),
        remedy: `copy the client's certificate to ${path}; openssl x509 -in ${path} -noout -fingerprint -sha256 shows which one it is`,
      });
    }
  }
  return gaps;
}
