import type { ComponentAttribute } from '../schema/component-attributes';
import { CUSTOM_SCOPE_COMPONENT, TOKEN_EXCHANGE_HANDLER_COMPONENT } from '../schema/component-attributes';

/** A kind of record that stands beside the apps, and that Terraform knows as a resource. */
export interface RecordModel {
  readonly resource: string;
  /** The attribute that holds the fields. */
  readonly component: ComponentAttribute;
  /** What people call it, in the middle of a sentence. */
  readonly words: string;
}

export const CUSTOM_SCOPE: RecordModel = {
  resource: 'salesforce_oauth_custom_scope',
  component: CUSTOM_SCOPE_COMPONENT,
  words: 'custom scope',
};

export const TOKEN_EXCHANGE_HANDLER: RecordModel = {
  resource: 'salesforce_oauth_token_exchange_handler',
  component: TOKEN_EXCHANGE_HANDLER_COMPONENT,
  words: 'token exchange handler',
};
