import { type Check, failed, ok, warning } from './doctor-finding';

/** What the checks of this machine judge. */
export interface MachineFacts {
  /** `22.3.0`. */
  readonly node: string;
  /** The oldest that works, `20.9.0`. */
  readonly oldestNode: string;
  /** Where `terraform` is on the PATH. */
  readonly terraform?: string;
  /** The CDKs that the project has, each with its version. */
  readonly cdks: readonly string[];
  /** The provider in this package. */
  readonly provider?: string;
  /** What counts in every run, and where it was given: `fail_on`, `critical`, `client-apps.config.json`. */
  readonly settings: readonly { readonly name: string; readonly value: string; readonly origin: string }[];
}

const versionParts = (version: string): readonly number[] => version.split('.').map(Number);

/** True where the first version is older. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [versionParts(version), versionParts(than)];
  const at = right.findIndex((part, index) => part !== (left[index] ?? 0));
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

export const MACHINE_CHECKS: readonly Check<MachineFacts>[] = [
  {
    id: 'node',
    title: 'Node',
    judge: ({ node, oldestNode }) =>
      isOlder(node, oldestNode)
        ? failed(`${node}, older than ${oldestNode}`, `install Node ${oldestNode} or newer`)
        : ok(node),
  },
  {
    id: 'terraform',
    title: 'Terraform',
    judge: ({ terraform }) =>
      terraform === undefined
        ? warning('terraform is not on the PATH', 'install Terraform, or use client-apps plan and apply alone')
        : ok(`${terraform} (its version was not checked)`),
  },
  {
    id: 'cdk',
    title: 'CDK',
    judge: ({ cdks }) =>
      cdks.length === 0
        ? warning(
            'the project has neither cdktf nor cdktn',
            'install one of them to synthesize a program; synthesized files need neither',
          )
        : ok(
            cdks.length === 1 ? cdks.join() : `${cdks.join(' and ')}: each stack uses the one that it is imported from`,
          ),
  },
  {
    id: 'provider',
    title: 'Provider',
    judge: ({ provider }) =>
      provider === undefined
        ? failed('this package does not contain the Terraform provider', 'reinstall the package: npm ci')
        : ok(provider),
  },
  {
    id: 'settings',
    title: 'Settings',
    judge: ({ settings }) => ok(settings.map(({ name, value, origin }) => `${name}: ${value} (${origin})`).join('; ')),
  },
];
