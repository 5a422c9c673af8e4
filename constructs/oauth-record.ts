import { Construct } from './base';
import { orgAround } from './org';
import { declareRecord, type RecordType } from '../lib/synth/org-inputs';
import { sourceLocation } from '../lib/synth/source/location';

/** What custom scopes and token exchange handlers have in common as constructs. */
export abstract class OauthRecord extends Construct {
  /** The name of the record in the org. */
  readonly apiName: string;

  protected constructor(
    scope: Construct,
    id: string,
    type: RecordType,
    props: unknown,
    constructor: abstract new (...args: never[]) => unknown,
  ) {
    super(scope, id);
    const { state, engine } = orgAround(this, 'this', constructor.name);
    const source = sourceLocation(constructor);
    const given: unknown = (props as { readonly apiName?: unknown } | null | undefined)?.apiName;
    this.apiName = typeof given === 'string' ? given : id;
    state.addRecord(declareRecord(state.options, type, props, { path: this.node.path, id, source }));
    engine.addRecord(this, { type, apiName: this.apiName });
  }
}
