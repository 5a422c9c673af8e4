import type { RecordKind } from '../lib/metadata/records/kind';
import { declareRecord } from '../lib/synth/org-inputs';
import { sourceLocation } from '../lib/synth/source/location';
import { orgAround } from './org';
import { Construct } from './tree';

/** What records beside the apps have in common as constructs. */
export abstract class OauthRecord extends Construct {
  /** The name of the record in the org. */
  readonly apiName: string;

  protected constructor(
    scope: Construct,
    id: string,
    kind: RecordKind,
    props: unknown,
    constructor: abstract new (...args: never[]) => unknown,
  ) {
    super(scope, id);
    const { state, engine } = orgAround(this, 'this', constructor.name);
    const source = sourceLocation(constructor);
    const given: unknown = (props as { readonly apiName?: unknown } | null | undefined)?.apiName;
    this.apiName = typeof given === 'string' ? given : id;
    state.addRecord(declareRecord(state.options, kind, props, { path: this.node.path, id, source }));
    engine.addRecord(this, { kind, apiName: this.apiName });
  }
}
