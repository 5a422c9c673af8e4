/** The one door to the null provider, a package that only engine `null` needs; see load-null-engine.ts. */
export { NullProvider } from '@cdktf/provider-null/lib/provider';
export { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
