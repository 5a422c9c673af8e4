/** cdktf, and CDK Terrain (cdktn), its fork: the classes and their symbols have the same names in both. */
export const CDKS = ['cdktf', 'cdktn'] as const;
export type CdkName = (typeof CDKS)[number];
