/** The Metadata API version used unless the author states another one. Raising it is a decision, never a side effect. */
export const DEFAULT_API_VERSION = 66;

/** External Client Apps with policies need 60; 67 and 68 are modeled from preview types. */
export const OLDEST_API_VERSION = 60;
export const NEWEST_API_VERSION = 68;

/** From here on only Salesforce's generated types are known, before the release itself: what they say may still change. */
const FIRST_PREVIEW_API_VERSION = 67;

export const isPreview = (version: number): boolean => version >= FIRST_PREVIEW_API_VERSION;

/** `66` as Salesforce spells it in addresses and manifests: `66.0`. */
export const formatApiVersion = (version: number): string => version.toFixed(1);
