import './peers';

/** The one door to `constructs`, whose tree both CDKs build on: public types name no CDK. */
export { Construct } from 'constructs';
export type { IConstruct } from 'constructs';
