import type { MetadataType } from '../schema/types';

/** A position in a file, both 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong (or, as a warning, worth knowing) about one component. */
export interface Problem {
  /** The text as the platform would put it. */
  readonly text: string;
  readonly severity?: 'Error' | 'Warning';
  /** The element at fault: gives the position when the file is known. */
  readonly field?: string;
  readonly position?: Position;
}

/** One line of the result of a deploy. */
export interface DeployMessage {
  readonly componentType: string;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly created: boolean;
  readonly changed: boolean;
  readonly deleted: boolean;
  readonly success: boolean;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly position?: Position;
}

export const error = (text: string, field?: string): Problem => ({
  text,
  severity: 'Error',
  ...(field === undefined ? {} : { field }),
});

export const warning = (text: string, field?: string): Problem => ({ ...error(text, field), severity: 'Warning' });

/** A message about something that is not one component: the package, the zip, the manifest. */
export function packageMessage(
  problem: string,
  about: { readonly fileName?: string; readonly fullName?: string; readonly componentType?: string } = {},
  severity: 'Error' | 'Warning' = 'Error',
): DeployMessage {
  return {
    componentType: about.componentType ?? '',
    fileName: about.fileName ?? 'package.xml',
    fullName: about.fullName ?? about.fileName ?? 'package.xml',
    created: false,
    changed: false,
    deleted: false,
    success: severity === 'Warning',
    problem,
    problemType: severity,
  };
}

/** The message about one component's problem. */
export function componentMessage(
  component: {
    readonly type: MetadataType;
    readonly fullName: string;
    readonly path: string;
    readonly positions?: ReadonlyMap<string, Position>;
  },
  problem: Problem,
): DeployMessage {
  const position =
    problem.position ?? (problem.field === undefined ? undefined : component.positions?.get(problem.field));
  return {
    ...packageMessage(problem.text, { fileName: component.path, fullName: component.fullName }, problem.severity),
    componentType: component.type.manifest,
    ...(position === undefined ? {} : { position }),
  };
}
