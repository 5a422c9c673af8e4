import type { PluginName } from '../client-app';
import { brand, hasBrand } from './brand';

/** A part of an External Client App other than OAuth. Every plugin is on until someone turns it off. */
export class Plugin {
  /** Attestation; Metadata API 68 or newer. */
  static readonly ATTEST = new Plugin('Attest');
  /** Canvas; Metadata API 65 or newer. */
  static readonly CANVAS = new Plugin('Canvas');
  /** Mobile settings such as the screen lock; Metadata API 62 or newer. */
  static readonly MOBILE = new Plugin('Mobile');
  /** Notifications; Metadata API 61 or newer. */
  static readonly NOTIFICATION = new Plugin('Notification');
  /** Push messages; Metadata API 62 or newer. */
  static readonly PUSH = new Plugin('Push');
  /** Single sign-on by SAML; Metadata API 63 or newer. */
  static readonly SAML = new Plugin('Saml');

  /** The word that Salesforce stores. */
  readonly plugin: PluginName;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Plugin';

  private constructor(plugin: PluginName) {
    this.plugin = plugin;
    brand(this, 'Plugin');
  }

  /** True for a Plugin, whichever copy of this package made it. */
  static is(value: unknown): value is Plugin {
    return hasBrand(value, 'Plugin');
  }
}
