import type { Platform } from '../client-app';
import { brand, hasBrand } from './brand';

/**
 * An OAuth scope. The constants are what the platform accepts from an External Client App; the description says what a
 * holder of the token can do. Custom scopes of the org go in the option `customScopes`. `P` is what an app with the
 * scope can be stored as.
 */
export class Scope<P extends Platform = Platform> {
  /** Data and metadata through REST, Bulk, Connect REST and token-authenticated SOAP (`api`). */
  static readonly API = new Scope('Api');
  /** Get new access tokens while the user is away (`refresh_token`, `offline_access`). */
  static readonly REFRESH_TOKEN = new Scope('RefreshToken');
  /** The identity URL with profile, e-mail, address and phone (`id`, `profile`, `email`, `address`, `phone`). */
  static readonly BASIC = new Scope('Basic');
  /** OpenID Connect: an ID token (`openid`). */
  static readonly OPENID = new Scope('OpenID');
  /** The access token opens pages in a browser (`web`). */
  static readonly WEB = new Scope('Web');
  /** Everything the user can do (`full`). Almost always more than an integration needs. */
  static readonly FULL = new Scope('Full');
  /** Connect REST API only (`chatter_api`). */
  static readonly CHATTER = new Scope('Chatter');
  /** Visualforce pages of the org (`visualforce`). */
  static readonly CUSTOM_APPLICATIONS = new Scope('CustomApplications');
  /** Names of the user's custom permissions (`custom_permissions`). */
  static readonly CUSTOM_PERMISSIONS = new Scope('CustomPermissions');
  /** CRM Analytics REST API (`wave_api`). */
  static readonly WAVE = new Scope('Wave');
  /** Map data of analytics charts (`eclair_api`). */
  static readonly ECLAIR = new Scope('Eclair');
  /** Account Engagement (`pardot_api`). */
  static readonly PARDOT = new Scope('Pardot');
  /** Hybrid apps: Lightning child sessions (`lightning`). */
  static readonly LIGHTNING = new Scope('Lightning');
  /** Hybrid apps: content child sessions (`content`). */
  static readonly CONTENT = new Scope('Content');
  /** Every Data Cloud API (`cdp_api`). */
  static readonly CDP = new Scope('CDP');
  /** Data Cloud ingestion (`cdp_ingest_api`). */
  static readonly CDP_INGEST = new Scope('CDPIngest');
  /** Data Cloud profiles (`cdp_profile_api`). */
  static readonly CDP_PROFILE = new Scope('CDPProfile');
  /** Data Cloud queries (`cdp_query_api`). */
  static readonly CDP_QUERY = new Scope('CDPQuery');
  /** Data Cloud segments (`cdp_segment_api`). */
  static readonly CDP_SEGMENT = new Scope('CDPSegment');
  /** Data Cloud identity resolution (`cdp_identityresolution_api`). */
  static readonly CDP_IDENTITY_RESOLUTION = new Scope('CDPIdentityResolution');
  /** Data Cloud calculated insights (`cdp_calculated_insight_api`). */
  static readonly CDP_CALCULATED_INSIGHT = new Scope('CDPCalculatedInsight');
  /** Data Cloud user claims (`data_cloud_user_claims`); Metadata API 67 or newer. */
  static readonly DATA_CLOUD_USER_CLAIMS = new Scope('DataCloudUserClaims');
  /** Chatbot services (`chatbot_api`). */
  static readonly CHATBOT = new Scope('Chatbot');
  /** Headless forgot-password API (`forgot_password`). */
  static readonly FORGOT_PASSWORD = new Scope('ForgotPassword');
  /** Headless registration API (`user_registration_api`), which External Client Apps do not support. */
  static readonly USER_REGISTRATION: Scope<'connected-app'> = new Scope('UserRegistration');
  /** Headless passwordless login API (`pwdless_login_api`). */
  static readonly PASSWORDLESS_LOGIN = new Scope('PwdlessLogin');
  /** Interaction API (`interaction_api`). */
  static readonly INTERACTION = new Scope('Interaction');
  /** Salesforce API Platform: Agent, Models and Testing API (`sfap_api`). Needs JWT access tokens. */
  static readonly SALESFORCE_API_PLATFORM = new Scope('SFApiPlatform');
  /** Einstein generative services (`einstein_gpt_api`). */
  static readonly EINSTEIN_GPT = new Scope('EinsteinGPT');
  /**
   * MCP servers hosted by Salesforce (`mcp_api`), which do not support Connected Apps. Needs JWT access tokens;
   * Metadata API 66 or newer.
   */
  static readonly MCP: Scope<'external-client-app'> = new Scope('MCP');
  /** Service conversation runtime (`scrt_api`); Metadata API 66 or newer. */
  static readonly SCRT = new Scope('SCRT');

  /** Salesforce's metadata token, `Api` or `RefreshToken`. */
  readonly token: string;

  /** Keeps object literals of the same shape out at compile time. */
  declare protected readonly nominal: 'Scope';
  /** Only the compiler knows it: an app of the platform may have the scope. */
  declare protected readonly on: (platform: P) => void;

  private constructor(token: string) {
    this.token = token;
    brand(this, 'Scope');
  }

  /** A scope by its metadata token, for names that come from configuration. An unknown one is an error at synth. */
  static of(token: string): Scope {
    return new Scope(token);
  }

  /** True for a Scope, whichever copy of this package made it. */
  static is(value: unknown): value is Scope {
    return hasBrand(value, 'Scope');
  }
}
