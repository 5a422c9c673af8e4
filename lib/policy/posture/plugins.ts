import { presentComponent } from '../../metadata/observe';
import type { ObservedApp } from '../../metadata/observed';
import { SETTINGS } from '../../options/settings';
import { CONNECTED_APP } from '../../values/metadata-types';
import type { SamlSettings } from '../posture';
import { ABSENT, type Reading, unreadable, valued } from '../reading';

type PluginSetting = 'pushShowsContent' | 'samlSigning' | 'samlEncryption' | 'screenLock' | 'screenLockTimeout';

/** A setting of a plugin: absent without the plugin, unreadable where the plugin is there and its content was not read. */
export function ofPlugin(
  { otherComponents, pluginSettings = {} }: ObservedApp,
  name: PluginSetting | 'samlEncryptionCertificate',
): Reading<string> {
  const { type, field } = SETTINGS[name].eca;
  if (!otherComponents.some((each) => each.startsWith(`${type}:`))) return ABSENT;
  const settings = pluginSettings[type];
  if (settings === undefined) return unreadable(`the content of ${type} was not read`);
  const text = settings[field];
  return text === undefined ? ABSENT : valued(text);
}

export const isTrue = (text: string): boolean => /^(true|1)$/i.test(text);

/** How an app signs and encrypts SAML: a plugin of an External Client App, a part of a Connected App. */
export function samlOf(app: ObservedApp): Reading<SamlSettings> {
  if (app.platform === 'connected-app') return samlPart(app);
  const signing = ofPlugin(app, 'samlSigning');
  if (signing.state === 'unreadable') return signing;
  const { type } = SETTINGS.samlSigning.eca;
  if (app.pluginSettings?.[type] === undefined) return ABSENT;
  const [encryption, certificate] = [ofPlugin(app, 'samlEncryption'), ofPlugin(app, 'samlEncryptionCertificate')];
  return valued({
    ...(signing.state === 'value' && { signingAlgorithm: signing.value }),
    ...(encryption.state === 'value' && { encryptionType: encryption.value }),
    encryptsAssertions: certificate.state === 'value' && certificate.value !== '',
  });
}

function samlPart(app: ObservedApp): Reading<SamlSettings> {
  const observed = app.components[CONNECTED_APP];
  if (observed?.state === 'unreadable') return unreadable(observed.reason);
  const node = presentComponent(app, CONNECTED_APP)?.unknown?.find(({ name }) => name === SETTINGS.samlSigning.ca);
  if (!node) return ABSENT;
  const child = (name: string): string | undefined =>
    node.children?.find((each) => each.name === name)?.text?.trim() || undefined;
  const [signingAlgorithm, encryptionType] = [child('samlSigningAlgoType'), child('encryptionType')];
  return valued({
    ...(signingAlgorithm !== undefined && { signingAlgorithm }),
    ...(encryptionType !== undefined && { encryptionType }),
    encryptsAssertions: child('encryptionCertificate') !== undefined,
  });
}
