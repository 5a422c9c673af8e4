/**
 * The one door to cdktf. A fork with the same classes (CDK Terrain) needs this file changed and
 * no other.
 */
export { App, Aspects, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
export type { ISynthesisSession, IStackSynthesizer } from 'cdktf';
export { Construct } from 'constructs';
export type { IConstruct } from 'constructs';
