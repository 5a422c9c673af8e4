import type { Situation } from './situation';

/** Switches of the org's OAuth settings that decide what an app may do. */
type OrgSwitch = 'isPkceRequired' | 'oAuthCdCrdtFlowEnable';

/** How a switch stands in the org; undefined where the settings were not read. */
export function liveSwitch({ observed }: Pick<Situation, 'observed'>, name: OrgSwitch): boolean | undefined {
  const settings = observed.settings['OauthOidcSettings'];
  return settings?.state === 'present' ? settings.component.fields[name] === true : undefined;
}

/** How a switch stands once the plan is carried out: as the code says, else as it is. */
export function switchAfter(situation: Pick<Situation, 'manifest' | 'observed'>, name: OrgSwitch): boolean | undefined {
  const stated = situation.manifest.settings.flatMap(({ fields }) => fields[name]?.value ?? []);
  return stated.length > 0 ? stated.includes(true) : liveSwitch(situation, name);
}
