import { parse, type Root, type Type } from 'protobufjs';

/**
 * Terraform's plugin protocol, version 6, as far as a provider needs it. Names of messages never travel; field numbers and
 * the names of services and methods do.
 */
const PROTO = `
syntax = "proto3";
package tfplugin6;

message DynamicValue { bytes msgpack = 1; bytes json = 2; }
message RawState { bytes json = 1; }
message AttributePath {
  repeated Step steps = 1;
  message Step { oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; } }
}
message Diagnostic { int32 severity = 1; string summary = 2; string detail = 3; AttributePath attribute = 4; }
message NestedObject { repeated Attribute attributes = 1; int32 nesting = 3; }
message Attribute {
  string name = 1; bytes type = 2; string description = 3; bool required = 4; bool optional = 5; bool computed = 6;
  bool sensitive = 7; int32 description_kind = 8; bool deprecated = 9; NestedObject nested_type = 10; bool write_only = 11;
}
message Block {
  int64 version = 1; repeated Attribute attributes = 2; string description = 4; int32 description_kind = 5;
}
message Schema { int64 version = 1; Block block = 2; }
message ServerCapabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }

message Empty {}
message Diagnostics1 { repeated Diagnostic diagnostics = 1; }
message Diagnostics2 { repeated Diagnostic diagnostics = 2; }
message GetProviderSchemaResponse {
  Schema provider = 1; map<string, Schema> resource_schemas = 2; map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4; ServerCapabilities server_capabilities = 6;
  map<string, Function> functions = 7; map<string, Schema> ephemeral_resource_schemas = 8;
}
message Parameter {
  string name = 1; bytes type = 2; bool allow_null_value = 3; bool allow_unknown_values = 4; string description = 5;
}
message Return { bytes type = 1; }
message Function { repeated Parameter parameters = 1; Return return = 3; string summary = 4; string description = 5; }
message FunctionError { string text = 1; optional int64 function_argument = 2; }
message GetFunctionsResponse { map<string, Function> functions = 1; repeated Diagnostic diagnostics = 2; }
message CallFunctionRequest { string name = 1; repeated DynamicValue arguments = 2; }
message CallFunctionResponse { DynamicValue result = 1; FunctionError error = 2; }
message OpenEphemeralResourceRequest { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message OpenEphemeralResourceResponse { repeated Diagnostic diagnostics = 1; DynamicValue result = 3; }
message CloseEphemeralResourceRequest { string type_name = 1; }
message ValidateProviderConfigRequest { DynamicValue config = 1; }
message ConfigureProviderRequest { string terraform_version = 1; DynamicValue config = 2; }
message ClientCapabilities { bool deferral_allowed = 1; bool write_only_attributes_allowed = 2; }
message ValidateConfigRequest { string type_name = 1; DynamicValue config = 2; ClientCapabilities client_capabilities = 3; }
message UpgradeResourceStateRequest { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
message UpgradeResourceStateResponse { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
message ReadResourceRequest { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; }
message ReadResourceResponse { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
message PlanResourceChangeRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue proposed_new_state = 3; DynamicValue config = 4;
  bytes prior_private = 5;
}
message PlanResourceChangeResponse {
  DynamicValue planned_state = 1; repeated AttributePath requires_replace = 2; bytes planned_private = 3;
  repeated Diagnostic diagnostics = 4;
}
message ApplyResourceChangeRequest {
  string type_name = 1; DynamicValue prior_state = 2; DynamicValue planned_state = 3; DynamicValue config = 4;
  bytes planned_private = 5;
}
message ApplyResourceChangeResponse { DynamicValue new_state = 1; bytes private = 2; repeated Diagnostic diagnostics = 3; }
message ImportResourceStateRequest { string type_name = 1; string id = 2; }
message ImportedResource { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
message ImportResourceStateResponse { repeated ImportedResource imported_resources = 1; repeated Diagnostic diagnostics = 2; }
message MoveResourceStateRequest {
  string source_provider_address = 1; string source_type_name = 2; int64 source_schema_version = 3;
  RawState source_state = 4; string target_type_name = 5; bytes source_private = 6;
}
message MoveResourceStateResponse { DynamicValue target_state = 1; repeated Diagnostic diagnostics = 2; bytes target_private = 3; }
message ReadDataSourceRequest { string type_name = 1; DynamicValue config = 2; }
message ReadDataSourceResponse { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
message StopProviderResponse { string error = 1; }
message HealthResponse { int32 status = 1; }
`;

/** Request and response of each method that Terraform calls. */
const METHODS = {
  GetProviderSchema: ['Empty', 'GetProviderSchemaResponse'],
  ValidateProviderConfig: ['ValidateProviderConfigRequest', 'Diagnostics2'],
  ConfigureProvider: ['ConfigureProviderRequest', 'Diagnostics1'],
  ValidateResourceConfig: ['ValidateConfigRequest', 'Diagnostics1'],
  ValidateDataResourceConfig: ['ValidateConfigRequest', 'Diagnostics1'],
  UpgradeResourceState: ['UpgradeResourceStateRequest', 'UpgradeResourceStateResponse'],
  ReadResource: ['ReadResourceRequest', 'ReadResourceResponse'],
  PlanResourceChange: ['PlanResourceChangeRequest', 'PlanResourceChangeResponse'],
  ApplyResourceChange: ['ApplyResourceChangeRequest', 'ApplyResourceChangeResponse'],
  ImportResourceState: ['ImportResourceStateRequest', 'ImportResourceStateResponse'],
  MoveResourceState: ['MoveResourceStateRequest', 'MoveResourceStateResponse'],
  ReadDataSource: ['ReadDataSourceRequest', 'ReadDataSourceResponse'],
  ValidateEphemeralResourceConfig: ['ValidateConfigRequest', 'Diagnostics1'],
  OpenEphemeralResource: ['OpenEphemeralResourceRequest', 'OpenEphemeralResourceResponse'],
  CloseEphemeralResource: ['CloseEphemeralResourceRequest', 'Diagnostics1'],
  GetFunctions: ['Empty', 'GetFunctionsResponse'],
  CallFunction: ['CallFunctionRequest', 'CallFunctionResponse'],
  StopProvider: ['Empty', 'StopProviderResponse'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

export type Method = keyof typeof METHODS;

/** All of them. */
export const METHOD_NAMES = Object.keys(METHODS) as readonly Method[];

/** A message as plain data: fields in snake_case, bytes as Buffers; a field that was not sent is absent. */
export type Message = Readonly<Record<string, unknown>>;

/** Reads and writes one message. */
export interface Codec {
  readonly decode: (bytes: Buffer) => Message;
  readonly encode: (message: Message) => Buffer;
}

/** The codecs of the protocol; building them takes some milliseconds, so it happens once per process. */
export interface Protocol {
  readonly methods: readonly { readonly name: Method; readonly request: Codec; readonly response: Codec }[];
  readonly empty: Codec;
  readonly health: Codec;
}

export function loadProtocol(): Protocol {
  const { root } = parse(PROTO, { keepCase: true });
  const codec = (name: string): Codec => codecOf(root, name);
  return {
    methods: Object.entries(METHODS).map(([name, [request, response]]) => ({
      name: name as Method,
      request: codec(request),
      response: codec(response),
    })),
    empty: codec('Empty'),
    health: codec('HealthResponse'),
  };
}

function codecOf(root: Root, name: string): Codec {
  const type: Type = root.lookupType(`tfplugin6.${name}`);
  return {
    decode: (bytes) => type.toObject(type.decode(bytes), { longs: Number, bytes: Buffer }),
    encode: (message) => Buffer.from(type.encode(type.fromObject(message)).finish()),
  };
}
