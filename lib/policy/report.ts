import type { ClientKind, Platform } from '../declaration/client-app';
import type { ControlId } from '../values/catalog';
import type { KindVerdict } from './client-kind';
import type { Outcome } from './control';
import type { PackVerdict } from './packs';
import type { Severity } from './severity';

/** A setting as the control saw it, redacted. */
export interface ObservedSetting {
  /** `Type.field`. */
  readonly field: string;
  readonly state: 'value' | 'default' | 'absent' | 'unreadable';
  readonly value?: string;
  /** Why it is unreadable. */
  readonly reason?: string;
}

export interface ConditionResult {
  readonly effect: 'raises' | 'lowers';
  readonly text: string;
  /** `unknown`: what it depends on was not read, so it does not count. */
  readonly holds: 'yes' | 'no' | 'unknown';
}

export interface AppliedException {
  readonly reason: string;
  readonly approved_by: string;
  readonly expires: string;
  readonly ticket?: string;
  /** The option that the justification belongs to. */
  readonly option?: string;
  readonly path: string;
}

/** What one control says about one app or org. */
export interface ControlResult {
  readonly control: ControlId;
  /** What is right, by the control. */
  readonly title: string;
  /** What is wrong, if it is a violation, excused or not. */
  readonly finding?: string;
  readonly outcome: Outcome | 'justified';
  /** Why, in one sentence or two. */
  readonly because: string;
  /** Of a violation, excused or not; `low` where the outcome is low risk. */
  readonly severity?: Severity;
  /** Estimate within the control's range, of a violation only. */
  readonly cvss?: number;
  /** Of a violation, excused or not, that has several things to find: each of them. */
  readonly offenders?: readonly string[];
  /** Given for violations and low risks. */
  readonly conditions: readonly ConditionResult[];
  readonly observed: readonly ObservedSetting[];
  readonly exception?: AppliedException;
  /** Of an app that could not be classified: what each policy says. */
  readonly by_kind?: readonly { readonly kind: ClientKind; readonly outcome: Outcome; readonly because: string }[];
}

/** Points that the score is below 100, by control. */
export interface Loss {
  readonly control: string;
  readonly points: number;
  readonly outcome: ControlResult['outcome'];
  /** In a score over several apps: how many of them lose points to this control. */
  readonly apps?: number;
}

/** 100 where every control that was evaluated is satisfied. `value` and the points of `losses` add up to 100. */
export interface Score {
  /** 0 to 100, one decimal; undefined where nothing could be evaluated. */
  readonly value?: number;
  readonly losses: readonly Loss[];
  /** Controls that count. */
  readonly evaluated: number;
  /** Controls that do not count because something could not be read. */
  readonly not_evaluated: number;
}

export type ReportSubject =
  | {
      readonly type: 'app';
      readonly api_name: string;
      readonly label?: string;
      readonly platform: Platform;
      readonly third_party: boolean;
      /** Someone switched the app off; it is judged as it would be when switched on again. */
      readonly stopped: boolean;
    }
  | { readonly type: 'org' };

/** A line of a file, 1-based; the path is as the reader of the report knows it, with forward slashes. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Where the findings of a report are written: each reported control, and the app itself for everything else. */
export interface Places {
  readonly subject?: Place;
  /** By control id. */
  readonly controls: Readonly<Record<string, Place>>;
}

/** The judgment of one app, or of the org-wide settings. Plain data: every output format is made from it. */
export interface CheckReport {
  readonly subject: ReportSubject;
  readonly kind?: KindVerdict;
  /** In the order of the control ids. */
  readonly results: readonly ControlResult[];
  readonly score: Score;
  /** Of a pack that was asked for. */
  readonly pack?: PackVerdict;
  /** Where it is written, if it was read from files or declared in a program. */
  readonly places?: Places;
}
