import { liveText } from '../../metadata/live-app';
import type { ObservedApp } from '../../metadata/observed';
import { type Diagnostic, type DiagnosticCode } from '../../values/diagnostic';
import type { ProviderConfig } from './provider-config';

interface Known {
  readonly apiName: string;
  readonly path: string;
  /** As the state has it. */
  readonly consumerKey: string | undefined;
}

/** Why an app of the org is not for this configuration to delete; undefined: it is. */
export function notToDelete(
  live: ObservedApp,
  { apiName, path, consumerKey }: Known,
  config: Pick<ProviderConfig, 'managedBy' | 'takeOverFrom'>,
): Diagnostic | undefined {
  const refused = (code: DiagnosticCode, problem: string, remedy: string): Diagnostic => ({
    code,
    severity: 'error',
    path,
    problem,
    remedy,
  });
  const owner = liveText(live, 'managedBy');
  if (owner !== undefined && owner !== config.managedBy && !config.takeOverFrom.has(owner)) {
    return refused(
      'owned-by-another-manifest',
      `${apiName} is managed as code by ${owner}`,
      'take it out of this state with a removed block, and leave it to its owner',
    );
  }
  if (consumerKey !== undefined && liveText(live, 'consumerKey') !== consumerKey) {
    return refused(
      'another-app',
      `the app named ${apiName} in the org is not the one that Terraform knows: its consumer key is another`,
      'find out who replaced it; terraform state rm forgets the old one',
    );
  }
  return undefined;
}
