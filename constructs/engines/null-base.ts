import { diagnose } from '../../lib/values/diagnose';
import { ClientAppsError } from '../../lib/values/diagnostic';
import type { Cdk, TerraformMetaArguments, TerraformProvider } from '../cdk';
import { isMissing } from '../peers';
import type { Construct } from '../tree';
import type { ResourceClass } from './late-resource';

const PACKAGE = '@cdktf/provider-null';

/** hashicorp/null as classes of a CDK. */
export interface NullClasses {
  readonly NullResource: ResourceClass<TerraformMetaArguments>;
  readonly NullProvider: new (scope: Construct, id: string) => TerraformProvider;
}

/**
 * The null provider's classes for the CDK. Under cdktf those of `@cdktf/provider-null`, loaded where a program asks for
 * the engine; there is no such package for cdktn, so that under it they are ours, which write the same.
 * @throws ClientAppsError `null-provider-missing` where cdktf's package is not installed.
 */
export function nullClasses(cdk: Cdk, path: string): NullClasses {
  if (cdk.name === 'cdktn') return ourClasses(cdk);
  try {
    /* eslint-disable @typescript-eslint/no-require-imports -- a constructor cannot wait for import() */
    const { Resource } = require('@cdktf/provider-null/lib/resource') as { Resource: NullClasses['NullResource'] };
    const { NullProvider } = require('@cdktf/provider-null/lib/provider') as Pick<NullClasses, 'NullProvider'>;
    /* eslint-enable @typescript-eslint/no-require-imports */
    return { NullResource: Resource, NullProvider };
  } catch (error) {
    if (!isMissing(error, PACKAGE)) throw error;
    throw new ClientAppsError('REFUSED', [diagnose('null-provider-missing', { path })]);
  }
}

function ourClasses({ TerraformProvider, TerraformResource }: Cdk): NullClasses {
  const terraformGeneratorMetadata = {
    providerName: 'null',
    providerVersion: '3.2.4',
    providerVersionConstraint: '~> 3.0',
  };
  return {
    NullResource: class extends TerraformResource {
      constructor(scope: Construct, id: string, config: TerraformMetaArguments) {
        super(scope, id, { ...config, terraformResourceType: 'null_resource', terraformGeneratorMetadata });
      }
    },
    NullProvider: class extends TerraformProvider {
      constructor(scope: Construct, id: string) {
        super(scope, id, {
          terraformResourceType: 'null',
          terraformGeneratorMetadata,
          terraformProviderSource: 'null',
        });
      }
    },
  };
}
