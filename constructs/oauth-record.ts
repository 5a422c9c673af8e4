import { Construct } from './base';
import { outsideOrg, registerRecord } from './org';
import type { RegisteredRecord } from '../lib/synth/org-inputs';
import { sourceLocation } from '../lib/synth/source/location';

/** What custom scopes and token exchange handlers have in common as constructs. */
export abstract class OauthRecord extends Construct {
  /** The name of the record in the org. */
  readonly apiName: string;

  protected constructor(
    scope: Construct,
    id: string,
    declaration: Pick<RegisteredRecord, 'type' | 'props' | 'declare'>,
    constructor: abstract new (...args: never[]) => unknown,
  ) {
    super(scope, id);
    const { path } = this.node;
    const source = sourceLocation(constructor);
    const given: unknown = (declaration.props as { readonly apiName?: unknown } | null | undefined)?.apiName;
    this.apiName = typeof given === 'string' ? given : id;
    const registered = registerRecord(this, this.apiName, { ...declaration, path, id, ...(source && { source }) });
    if (!registered) throw outsideOrg(this, 'this', constructor.name);
  }
}
