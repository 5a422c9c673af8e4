/**
 * Standard profiles that metadata calls otherwise than Setup and queries do, as the Metadata API Developer Guide and
 * retrieved orgs show them. Every other profile has one name; characters with a meaning in paths are percent-encoded.
 */
const METADATA_NAMES: ReadonlyMap<string, string> = new Map([
  ['System Administrator', 'Admin'],
  ['Standard User', 'Standard'],
  ['Read Only', 'ReadOnly'],
  ['Solution Manager', 'SolutionManager'],
  ['Marketing User', 'MarketingProfile'],
  ['Contract Manager', 'ContractManager'],
  ['Standard Platform User', 'StandardAul'],
]);

/** The name of a profile in metadata, from its name in Setup. */
export const profileMetadataName = (name: string): string =>
  METADATA_NAMES.get(name) ?? name.replace(/[%():/&'"<>#?\\]/g, (character) => encodeURIComponent(character));
