import type { ClientKind, Platform } from '../declaration/client-app';
import type { DeclareContext } from '../declaration/reading';
import { buildManifest, type Exemption, type OrgDeclaration } from '../metadata/manifest';
import { optionsOfField } from '../metadata/to-components';
import type { ClientApp } from '../options/client-app';
import { evaluate, justification } from '../options/expression';
import { checkDeclared } from '../policy/check-declared';
import { controlById } from '../policy/controls';
import { fieldsOf } from '../policy/describe';
import { type Diagnostic, isError } from '../values/diagnostic';
import type { Justification } from '../values/justification';
import { fail, ok, type Result } from '../values/result';
import { type ImportedOrg, manifestIdOf, stackOf } from './model';
import { judge, type LeftOut, type Stated } from './settle';

/** The justification that a person will have written. */
const toBeWritten = (expires: string): Justification => evaluate(justification(expires)) as Justification;

export const exempted = (controls: readonly string[], expires: string): readonly Exemption[] =>
  controls.map((control) => ({ control, justification: toBeWritten(expires) }));

/** What synth knows of an org besides its apps. */
export const orgOf = ({ name, apiVersion, identity }: ImportedOrg): Omit<OrgDeclaration, 'apps'> => ({
  id: manifestIdOf(name),
  name,
  path: `${stackOf(name)}/${name}`,
  ...(identity && { orgId: identity.orgId }),
  apiVersion,
  engine: 'provider',
  settings: {},
  assumptions: {},
});

/** An app in one org, as controls see it. */
export interface Judged {
  readonly org: ImportedOrg;
  readonly context: DeclareContext;
}

interface Safe {
  readonly stated: Stated;
  readonly leftOut: readonly LeftOut[];
  readonly exemptions: readonly string[];
}

/** More than there are controls. */
const MOST_STEPS = 200;

/** Not options that an app could do without. */
const REQUIRED = [
  'label',
  'contactEmail',
  'scopes',
  'permittedUsers',
  'callbackUrls',
  'certificate',
  'adopt',
  'platform',
];

/**
 * What the security controls refuse at synth is not stated, so that the secure default holds; what cannot be left out
 * needs an exemption that a person has to write.
 */
export function makeSafe(
  given: Stated,
  { kind, platform }: { readonly kind: ClientKind; readonly platform: Platform },
  orgs: readonly Judged[],
): Result<Safe, string> {
  let stated = given;
  const leftOut: LeftOut[] = [];
  const exemptions: string[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const [violation] = violationsOf(stated, kind, orgs, exemptions);
    if (!violation) return ok({ stated, leftOut, exemptions });
    const { code, problem } = violation;
    const fewer = optionsOf(code, platform)
      .filter((option) => stated.has(option) && !REQUIRED.includes(option))
      .map((option) => ({ option, stated: new Map([...stated].filter(([name]) => name !== option)) }))
      .find((each) => isBetter(each.stated, kind, orgs, { exemptions, code }));
    if (fewer) {
      leftOut.push({ option: fewer.option, refused: { path: fewer.option, problem: `${code}: ${problem}` } });
      stated = fewer.stated;
    } else if (controlById(code)?.exemptable && !exemptions.includes(code)) exemptions.push(code);
    else return fail(problem);
  }
  return fail('its settings violate security controls');
}

const isBetter = (
  stated: Stated,
  kind: ClientKind,
  orgs: readonly Judged[],
  { exemptions, code }: { readonly exemptions: readonly string[]; readonly code: string },
): boolean =>
  orgs.every(({ context }) => judge(stated, kind, context).ok) &&
  !violationsOf(stated, kind, orgs, exemptions).some((each) => each.code === code);

function violationsOf(
  stated: Stated,
  kind: ClientKind,
  orgs: readonly Judged[],
  exemptions: readonly string[],
): readonly Diagnostic[] {
  return orgs.flatMap(({ org, context }) => {
    const judged = judge(stated, kind, context);
    return judged.ok ? refusedAtSynth(judged.value, org, context, exemptions) : [];
  });
}

function refusedAtSynth(
  app: ClientApp,
  org: ImportedOrg,
  { today, path }: DeclareContext,
  exemptions: readonly string[],
): readonly Diagnostic[] {
  const apps = [{ app, exemptions: exempted(exemptions, today) }];
  const manifest = buildManifest({ ...orgOf(org), assumptions: { codeAndCredentialsFlow: true }, apps });
  return checkDeclared(manifest, today).diagnostics.filter((each) => isError(each) && each.path === path);
}

/** The options that decide what a control reads. */
function optionsOf(code: string, platform: Platform): readonly string[] {
  const control = controlById(code);
  const places = control ? fieldsOf(control) : [];
  const options = places.flatMap((place) => {
    const [type = '', ...field] = place.split('.');
    return optionsOfField(platform, type, field.join('.'));
  });
  return [...new Set(options)];
}
