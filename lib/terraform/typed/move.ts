import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import { EXTERNAL_CLIENT_APP } from '../app/app-model';
import type { Resource } from '../resource';
import { text, type Values } from '../wire/value';
import { refreshed } from './state';
import type { TypedModel } from './typed-model';

/** The state of a `salesforce_external_client_app` as that of a typed resource; a text says why not. */
export function moveTyped(model: TypedModel, { type, state }: Parameters<Resource['moveState']>[0]): Values | string {
  const { kind, app } = model;
  if (type !== EXTERNAL_CLIENT_APP.resourceType) {
    return `A ${type} cannot become a ${app.resourceType}. A ${EXTERNAL_CLIENT_APP.resourceType} can, or an import of the app by its API name.`;
  }
  const was = text(state['client_type']);
  if (was === kind) return refreshed(model, state, { exception: state['exception'] ?? null }, DEFAULT_API_VERSION);
  return `Its client_type is ${was ?? 'not known'}. Move it to salesforce_${was ?? 'private'}_client_app, or apply client_type = "${kind}" first.`;
}
