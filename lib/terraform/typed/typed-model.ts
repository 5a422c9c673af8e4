import type { ClientKind } from '../../declaration/client-app';
import { OPTION_CONSENTS } from '../../options/consents';
import { valuesMissing } from '../../options/declare';
import { TYPED_RESOURCES } from '../../options/in-hcl';
import type { Option } from '../../options/option';
import type { Shape } from '../../options/shape';
import { ROWS } from '../../options/table';
import { snakeCase } from '../../values/snake-case';
import { type AppModel, EXTERNAL_CLIENT_APP } from '../app/app-model';

/** An option that HCL can write. */
export interface TypedOption {
  /** As HCL has it: `callback_urls`. */
  readonly attribute: string;
  readonly row: Option;
  readonly shape: Shape;
}

/**
 * A resource whose arguments are the options of one kind of client, by the rules of the constructs. What it does to the
 * org is what `salesforce_external_client_app` does with the arguments that the options stand for.
 */
export interface TypedModel {
  readonly kind: ClientKind;
  readonly title: string;
  readonly app: AppModel;
  readonly options: readonly TypedOption[];
  /** Attributes without which there is no app. */
  readonly required: ReadonlySet<string>;
}

const TITLES: Readonly<Record<ClientKind, string>> = {
  private: 'OAuth client on a server, which can keep a secret and through which users log in',
  public: 'OAuth client on a device, which cannot keep a secret and through which users log in',
  machine: 'OAuth client without a user, which signs in on its own',
};

const typedModel = (kind: ClientKind): TypedModel => ({
  kind,
  title: TITLES[kind],
  app: { ...EXTERNAL_CLIENT_APP, resourceType: TYPED_RESOURCES[kind] },
  options: ROWS.flatMap((row) =>
    row.shape && row.kinds.includes(kind) ? [{ attribute: snakeCase(row.name), row, shape: row.shape }] : [],
  ),
  // A construct has an id; HCL has none that would be the name of the app.
  required: new Set(['api_name', ...valuesMissing(kind).map(snakeCase)]),
});

export const TYPED_MODELS: readonly TypedModel[] = (['private', 'public', 'machine'] as const).map(typedModel);

/** Arguments that `salesforce_external_client_app` has by the same name, and that say nothing about the org's settings. */
export const COMMON: readonly string[] = ['api_name', 'deletion_protection', ...OPTION_CONSENTS];

/** The org, or a default, gives the option a value where no one states it. */
export const isRecalled = ({ row }: TypedOption): boolean =>
  row.recall !== undefined || row.name === 'deletionProtection';
