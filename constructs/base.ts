/**
 * The one door to cdktf and its null provider. A fork with the same classes (CDK Terrain) needs this file changed and
 * no other.
 */
export { NullProvider } from '@cdktf/provider-null/lib/provider';
export { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
export { App, Aspects, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
export type { ISynthesisSession, IStackSynthesizer } from 'cdktf';
export { Construct } from 'constructs';
export type { IConstruct } from 'constructs';
