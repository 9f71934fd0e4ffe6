//! The table of codes.
//!
//! A line has the code, what it judges, its class (in Rust for the scope `Rust`, else on the wire),
//! what happens to whom, an edit that leads to it, and the advice where there is a compatible way.
//! The order is that of the documentation.

use super::instead::{self, Instead};
use super::{Both, Compatibility, Rule, Scope};

macro_rules! rules {
    ($($name:ident: $code:literal, $scope:ident, $class:ident, $why:literal, $example:literal
        $(, $kind:ident($instead:expr))?;)*) => {
        $(pub(crate) static $name: Rule = Rule {
            code: $code,
            scope: Scope::$scope,
            class: Compatibility::$class,
            why: $why,
            example: $example,
            instead: rules!(@instead $($kind($instead))?),
        };)*
        /// Every kind of change, in the order of the documentation.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
    (@instead) => { Instead::Nothing };
    (@instead $kind:ident($instead:expr)) => { Instead::$kind($instead) };
}

macro_rules! both {
    ($($name:ident: $request:ident, $response:ident;)*) => {
        $(pub(crate) static $name: Both = Both { request: &$request, response: &$response };)*
    };
}

rules! {
    // Operations
    OPERATION_REMOVED: "operation-removed", Service, Breaking,
        "Callers get an error where they got a response.",
        "delete `delete:` under `/v1/leads/{id}`",
        Always("mark it `deprecated: true`, and remove it when nobody calls it anymore");
    OPERATION_MOVED: "operation-moved", Service, Breaking,
        "Callers of the old path or method get an error.",
        "`/v1/leads/{id}:` → `/v2/leads/{id}:`",
        Always("keep the old one, marked `deprecated: true`, and describe the new one beside it under another operationId");
    OPERATION_ADDED: "operation-added", Service, Additive,
        "Callers can call one more operation.",
        "add `post:` under `/v1/leads`";
    OPERATION_ID_CHANGED: "operation-id-changed", Service, Docs,
        "Nothing changes on the wire; in Rust the method has another name, unless only the spelling changes.",
        "`operationId: get_lead` → `operationId: read_lead`",
        Always("for Rust, where the method is named after it: keep the operationId; `summary` is for people");
    PATH_PARAMETER_RENAMED: "path-parameter-renamed", Service, Docs,
        "Nothing changes: a URL holds the value, not the name, and Rust passes it by position.",
        "`{id}` → `{lead_id}` in the path and in `name`";

    // Parameters
    PARAMETER_REMOVED: "request-parameter-removed", Request, Breaking,
        "Callers that send it are rejected, or it is ignored.",
        "delete `- name: limit`",
        Always("keep accepting it, and mark it `deprecated: true`");
    PARAMETER_RENAMED: "request-parameter-renamed", Request, Breaking,
        "Callers that send the old name are rejected, or it is ignored.",
        "`name: limit` → `name: page_size`",
        Always("keep the old parameter as it is, marked `deprecated: true`, and add the new name as an optional one");
    PARAMETER_MOVED: "request-parameter-moved", Request, Breaking,
        "Callers that send it in the old place are rejected, or it is ignored.",
        "`in: query` → `in: header`",
        Depends(instead::parameter_moved);
    PARAMETER_REQUIRED: "request-parameter-required", Request, Breaking,
        "Callers that leave it out are rejected.",
        "add `required: true` to a query parameter",
        Always("leave it optional, and describe what applies without it");
    REQUIRED_PARAMETER_ADDED: "request-required-parameter-added", Request, Breaking,
        "Existing callers don't send it, and are rejected.",
        "add `- {name: team, in: query, required: true, …}`",
        Always("add it as optional, and describe what applies without it");
    PARAMETER_OPTIONAL: "request-parameter-optional", Request, Additive,
        "Callers can leave it out.",
        "delete `required: true` from a query parameter",
        Always("for Rust, where an optional parameter moves from the arguments to the operation's Params: leave it required");
    PARAMETER_ADDED: "request-parameter-added", Request, Additive,
        "Callers can send one more parameter; those that don't get the same responses.",
        "add `- {name: team, in: query, …}`";
    PARAMETER_STYLE: "request-parameter-style-changed", Request, Breaking,
        "Callers write values in a way that the service no longer reads.",
        "add `explode: false` to a list in the query",
        Depends(instead::parameter_style);
    ARGUMENT_ORDER: "argument-order-changed", Rust, Breaking,
        "Rust passes required parameters by position, in the order of the path or of the contract.",
        "move a required query parameter before another one",
        Depends(instead::argument_order);

    // Callbacks and webhooks
    CALLBACK_ADDED: "callback-added", Callback, Additive,
        "Receivers that register get one more call.",
        "add `lead_changed:` under `webhooks`";
    CALLBACK_REMOVED: "callback-removed", Callback, Breaking,
        "Receivers no longer get the call.",
        "delete `lead_changed:` under `webhooks`",
        Always("keep making the call, and mark it `deprecated: true`");
    CALLBACK_PARAMETER_ADDED: "callback-parameter-added", Callback, Additive,
        "Receivers get one more value.",
        "add `- {name: X-Signature, in: header, …}`";
    CALLBACK_PARAMETER_REMOVED: "callback-parameter-removed", Callback, Breaking,
        "Receivers that read it no longer find it.",
        "delete `- name: X-Signature`",
        Always("keep sending it");
    CALLBACK_PARAMETER_REQUIRED: "callback-parameter-required", Callback, Additive,
        "Receivers can rely on it.",
        "add `required: true` to `X-Signature`";
    CALLBACK_PARAMETER_OPTIONAL: "callback-parameter-optional", Callback, Breaking,
        "Receivers that rely on it may not find it.",
        "delete `required: true` from `X-Signature`",
        Always("keep sending it always");
    CALLBACK_BODY_ADDED: "callback-body-added", Callback, Additive,
        "Receivers get a body.",
        "add `requestBody:` to a webhook";
    CALLBACK_BODY_REMOVED: "callback-body-removed", Callback, Breaking,
        "Receivers no longer get a body.",
        "delete `requestBody:` from a webhook",
        Always("keep sending it");
    CALLBACK_BODY_REQUIRED: "callback-body-required", Callback, Additive,
        "Receivers can rely on a body.",
        "add `required: true` to the `requestBody` of a webhook";
    CALLBACK_BODY_OPTIONAL: "callback-body-optional", Callback, Breaking,
        "Receivers that rely on a body may not get one.",
        "delete `required: true` from the `requestBody` of a webhook",
        Always("keep sending it always");
    CALLBACK_HEADER_REQUIRED: "callback-response-header-required", Callback, Breaking,
        "Receivers that don't send the header are rejected.",
        "add `required: true` to a header of a webhook's response",
        Always("leave it optional");
    CALLBACK_HEADER_OPTIONAL: "callback-response-header-optional", Callback, Additive,
        "Receivers can leave the header out.",
        "delete `required: true` from a header of a webhook's response";
    CALLBACK_HEADER_REMOVED: "callback-response-header-removed", Callback, Additive,
        "Receivers can leave the header out.",
        "delete a header of a webhook's response";
    CALLBACK_HEADER_ADDED: "callback-response-header-added", Callback, Additive,
        "Receivers can send one more header.",
        "add a header to a webhook's response";

    // Request bodies
    BODY_ADDED: "request-body-added", Request, Additive,
        "Callers can send a body; those that don't get the same responses.",
        "add `requestBody:`";
    REQUIRED_BODY_ADDED: "request-required-body-added", Request, Breaking,
        "Existing callers send no body, and are rejected.",
        "add `requestBody:` with `required: true`",
        Always("add it as optional");
    BODY_REMOVED: "request-body-removed", Request, Breaking,
        "Callers that send a body are rejected, or it is ignored.",
        "delete `requestBody:`",
        Always("keep accepting it");
    BODY_REQUIRED: "request-body-required", Request, Breaking,
        "Callers that send no body are rejected.",
        "add `required: true` to `requestBody`",
        Always("leave it optional");
    BODY_OPTIONAL: "request-body-optional", Request, Additive,
        "Callers can leave the body out.",
        "delete `required: true` from `requestBody`",
        Always("for Rust, where an optional body moves from the arguments to the operation's Params: leave it required");
    REQUEST_MEDIA_REMOVED: "request-media-type-removed", Request, Breaking,
        "Callers that send this media type are rejected.",
        "delete `text/csv:` from the `content` of a request",
        Always("keep accepting it, beside any other");
    REQUEST_MEDIA_ADDED: "request-media-type-added", Request, Additive,
        "Callers can send one more media type.",
        "add `text/csv:` to the `content` of a request";

    ENCODING: "body-encoding-changed", Both, Breaking,
        "Parts of the body, or a header, are written in another way.",
        "`contentType: text/plain` → `contentType: application/json` under `encoding`",
        Always("leave the encoding as it is");
    XML: "xml-changed", Both, Breaking,
        "Elements or attributes of the XML have other names, or other places.",
        "add `xml: {attribute: true}`",
        Always("leave `xml` as it is");

    // Responses
    STATUS_REMOVED: "response-status-removed", Response, Breaking,
        "Callers that handle this status never get it, or get a response that nothing describes.",
        "delete `'404':`",
        Always("keep it for as long as the service can send it");
    SUCCESS_STATUS: "response-success-status-changed", Response, Breaking,
        "Callers that check for the old status see a failure in a success.",
        "`'200':` → `'201':`",
        Always("keep the status");
    STATUS_ADDED: "response-status-added", Response, Additive,
        "One more response is described.",
        "add `'429':`";
    ENVELOPE_REMOVED: "response-envelope-removed", Response, Breaking,
        "Callers look in `data` for fields that are at the top now.",
        "put the schema of `data` in place of the schema that has it",
        Depends(instead::envelope_removed);
    ENVELOPE_ADDED: "response-envelope-added", Response, Breaking,
        "Callers look at the top for fields that are in `data` now.",
        "put `{type: object, properties: {data: …}}` around a schema",
        Always("leave the response as it is");
    RESPONSE_MEDIA_REMOVED: "response-media-type-removed", Response, Breaking,
        "Callers that ask for this media type don't get it.",
        "delete `text/csv:` from the `content` of a response",
        Always("keep offering it, beside any other");
    RESPONSE_MEDIA_ADDED: "response-media-type-added", Response, Additive,
        "Callers can ask for one more media type.",
        "add `text/csv:` to the `content` of a response";
    HEADER_REMOVED: "response-header-removed", Response, Breaking,
        "Callers that read the header no longer find it.",
        "delete `X-Request-Id:` from `headers`",
        Always("keep sending it, and describing it");
    HEADER_OPTIONAL: "response-header-optional", Response, Breaking,
        "Callers that rely on the header may not find it.",
        "delete `required: true` from `X-Request-Id`",
        Always("keep sending it always");
    HEADER_ADDED: "response-header-added", Response, Additive,
        "Callers get one more header.",
        "add `X-Request-Id:` to `headers`";
    HEADER_REQUIRED: "response-header-required", Response, Additive,
        "Callers can rely on the header.",
        "add `required: true` to `X-Request-Id`";

    // Properties
    REQUEST_PROPERTY_REMOVED: "request-property-removed", Request, Breaking,
        "Callers that send it are rejected, or it is ignored.",
        "delete `nickname:` from the `properties` of a request",
        Always("keep it, marked `deprecated: true`");
    RESPONSE_PROPERTY_REMOVED: "response-property-removed", Response, Breaking,
        "Callers that read it no longer find it.",
        "delete `nickname:` from the `properties` of a response",
        Always("keep it, marked `deprecated: true`");
    REQUEST_PROPERTY_RENAMED: "request-property-renamed", Request, Breaking,
        "Callers that send the old name are rejected, or it is ignored.",
        "`email:` → `email_address:` in a request",
        Depends(instead::property_renamed);
    RESPONSE_PROPERTY_RENAMED: "response-property-renamed", Response, Breaking,
        "Callers that read the old name no longer find it.",
        "`email:` → `email_address:` in a response",
        Depends(instead::property_renamed);
    REQUEST_PROPERTY_REQUIRED: "request-property-required", Request, Breaking,
        "Callers that leave it out are rejected.",
        "`required: [id]` → `required: [id, email]` in a request",
        Always("leave it optional, and describe what applies without it");
    RESPONSE_PROPERTY_REQUIRED: "response-property-required", Response, Additive,
        "Callers can rely on it.",
        "`required: [id]` → `required: [id, email]` in a response",
        Always("for Rust, where it is no longer an `Option`: leave it optional, and promise it in its description");
    REQUEST_PROPERTY_OPTIONAL: "request-property-optional", Request, Additive,
        "Callers can leave it out.",
        "`required: [id, email]` → `required: [id]` in a request",
        Always("for Rust, where `new` no longer takes it: leave it required");
    RESPONSE_PROPERTY_OPTIONAL: "response-property-optional", Response, Breaking,
        "Callers that rely on it may not find it.",
        "`required: [id, email]` → `required: [id]` in a response",
        Always("keep sending it always");
    REQUEST_REQUIRED_PROPERTY_ADDED: "request-required-property-added", Request, Breaking,
        "Existing callers don't send it, and are rejected.",
        "add `email:` to `properties` and to `required` of a request",
        Depends(instead::required_property_added);
    REQUEST_PROPERTY_ADDED: "request-property-added", Request, Additive,
        "Callers can send one more property; those that don't get the same responses.",
        "add `email:` to the `properties` of a request";
    RESPONSE_PROPERTY_ADDED: "response-property-added", Response, Additive,
        "Callers get one more property; those that don't know it ignore it.",
        "add `email:` to the `properties` of a response";
    RESPONSE_PROPERTY_ADDED_TO_CLOSED: "response-property-added-to-closed-object", Response, Breaking,
        "The object was closed: callers that reject unknown properties reject the response.",
        "add `email:` beside `additionalProperties: false` in a response";

    // Values
    REQUEST_TYPE: "request-type-changed", Request, Breaking,
        "Values that callers send are rejected.",
        "`type: string` → `type: integer` in a request",
        Depends(instead::beside);
    RESPONSE_TYPE: "response-type-changed", Response, Breaking,
        "Callers get a type of value that they cannot read.",
        "`type: integer` → `type: string` in a response",
        Depends(instead::beside);
    REQUEST_TYPE_WIDENED: "request-type-widened", Request, Additive,
        "The service accepts more values.",
        "`type: integer` → `type: number` in a request";
    RESPONSE_TYPE_NARROWED: "response-type-narrowed", Response, Additive,
        "Callers get fewer values, all of which they can read.",
        "`type: number` → `type: integer` in a response",
        Always("for Rust, where the type changes: leave the type, and describe the values");
    REQUEST_FORMAT: "request-format-changed", Request, Breaking,
        "Values that callers send are rejected.",
        "add `format: uuid` in a request",
        Always("leave the format as it is, and describe what is expected");
    RESPONSE_FORMAT: "response-format-changed", Response, Breaking,
        "Callers that parse the format cannot read the value.",
        "`format: date-time` → `format: date` in a response",
        Depends(instead::response_format);
    REQUEST_FORMAT_WIDENED: "request-format-widened", Request, Additive,
        "The service accepts more values.",
        "delete `format: uuid` in a request",
        Always("for Rust, where the type may change with the format: leave the format as it is");
    RESPONSE_FORMAT_NARROWED: "response-format-narrowed", Response, Additive,
        "Callers can rely on the format.",
        "add `format: uuid` in a response",
        Always("for Rust, where the type may change with the format: describe the values instead");
    FORMAT_SAID: "format-clarified", Both, Docs,
        "Nothing changes: JSON has one kind of number, and an integer without a format is read as `int64`.",
        "add `format: int64`";
    REQUEST_ENUM_PUT: "request-enum-added", Request, Breaking,
        "Callers that send a value outside the list are rejected.",
        "add `enum: [new, won]` in a request",
        Always("name the values in the description, without `enum`");
    RESPONSE_ENUM_PUT: "response-enum-added", Response, Additive,
        "Callers get listed values only.",
        "add `enum: [new, won]` in a response",
        Always("for Rust, where a string becomes an enum: name the values in the description, so that one added later breaks nobody");
    REQUEST_ENUM_TAKEN: "request-enum-removed", Request, Additive,
        "The service accepts more values.",
        "delete `enum: [new, won]` in a request",
        Depends(instead::request_enum_removed);
    RESPONSE_ENUM_TAKEN: "response-enum-removed", Response, Breaking,
        "Callers that know the listed values get others.",
        "delete `enum: [new, won]` in a response";
    REQUEST_VALUE_ADDED: "request-enum-value-added", Request, Additive,
        "Callers can send one more value.",
        "`enum: [new, won]` → `enum: [new, won, lost]` in a request";
    RESPONSE_VALUE_ADDED: "response-enum-value-added", Response, Breaking,
        "Callers that read the list as closed fail on the new value.",
        "`enum: [new, won]` → `enum: [new, won, lost]` in a response";
    REQUEST_VALUE_REMOVED: "request-enum-value-removed", Request, Breaking,
        "Callers that send the value are rejected.",
        "`enum: [new, won, lost]` → `enum: [new, won]` in a request",
        Always("keep accepting it, and describe it as deprecated");
    RESPONSE_VALUE_REMOVED: "response-enum-value-removed", Response, Additive,
        "Callers no longer get the value.",
        "`enum: [new, won, lost]` → `enum: [new, won]` in a response",
        Always("for Rust, where programs name it: keep it in the list");
    REQUEST_NULL_ADDED: "request-null-added", Request, Additive,
        "Callers can send null.",
        "add `nullable: true` in a request";
    RESPONSE_NULL_ADDED: "response-null-added", Response, Breaking,
        "Callers may get null where they got a value.",
        "add `nullable: true` in a response",
        Depends(instead::null_added);
    REQUEST_NULL_REMOVED: "request-null-removed", Request, Breaking,
        "Callers that send null are rejected.",
        "delete `nullable: true` in a request",
        Always("keep accepting null");
    RESPONSE_NULL_REMOVED: "response-null-removed", Response, Additive,
        "Callers can rely on a value.",
        "delete `nullable: true` in a response";
    REQUEST_CLOSED: "request-object-closed", Request, Breaking,
        "Callers that send properties which the contract doesn't name are rejected.",
        "add `additionalProperties: false` in a request",
        Always("leave the object open");
    RESPONSE_CLOSED: "response-object-closed", Response, Breaking,
        "Callers that read properties which the contract doesn't name no longer get them.",
        "add `additionalProperties: false` in a response",
        Always("leave the object open");
    REQUEST_OPENED: "request-object-opened", Request, Additive,
        "Callers can send properties which the contract doesn't name.",
        "delete `additionalProperties: false` in a request";
    RESPONSE_OPENED: "response-object-opened", Response, Breaking,
        "Callers that read the object as closed reject properties which the contract doesn't name.",
        "delete `additionalProperties: false` in a response";
    REQUEST_TIGHTENED: "request-limit-tightened", Request, Breaking,
        "Callers that send values beyond the new limit are rejected.",
        "`maxLength: 100` → `maxLength: 50` in a request",
        Always("leave the limit as it is");
    RESPONSE_TIGHTENED: "response-limit-tightened", Response, Additive,
        "Callers get fewer values.",
        "`maxLength: 100` → `maxLength: 50` in a response";
    REQUEST_LOOSENED: "request-limit-loosened", Request, Additive,
        "The service accepts more values.",
        "`maxLength: 100` → `maxLength: 200` in a request";
    RESPONSE_LOOSENED: "response-limit-loosened", Response, Breaking,
        "Callers get values beyond the limit that they were promised.",
        "`maxLength: 100` → `maxLength: 200` in a response";
    DEFAULT_CHANGED: "request-default-changed", Request, Breaking,
        "Callers that leave the value out get another result.",
        "`default: 20` → `default: 50` in a request",
        Always("leave the default as it is");
    DEFAULT_SAID: "default-described", Both, Docs,
        "Nothing changes: the default applied before, or never applies, as in a response.",
        "add `default: 20`";
    REQUEST_CHOICE_ADDED: "request-choice-added", Request, Additive,
        "Callers can send one more kind of value.",
        "add `- $ref: …` to `oneOf` in a request";
    RESPONSE_CHOICE_ADDED: "response-choice-added", Response, Breaking,
        "Callers get a kind of value that they don't know.",
        "add `- $ref: …` to `oneOf` in a response";
    REQUEST_CHOICE_REMOVED: "request-choice-removed", Request, Breaking,
        "Callers that send this kind of value are rejected.",
        "delete `- $ref: …` from `oneOf` in a request",
        Always("keep accepting it");
    RESPONSE_CHOICE_REMOVED: "response-choice-removed", Response, Additive,
        "Callers no longer get this kind of value.",
        "delete `- $ref: …` from `oneOf` in a response";
    DISCRIMINATOR: "discriminator-clarified", Both, Docs,
        "Nothing changes: over the same alternatives, a discriminator allows the same values.",
        "add `discriminator: {propertyName: kind}`";
    DISCRIMINATOR_CHANGED: "discriminator-changed", Both, Breaking,
        "Another property, or another value of it, decides which alternative a value is.",
        "`propertyName: kind` → `propertyName: type`",
        Always("keep the property and its values");
    READ_ONLY: "request-property-read-only", Request, Breaking,
        "Callers that send it are rejected, or it is ignored.",
        "add `readOnly: true`",
        Always("keep accepting it");
    WRITE_ONLY: "response-property-write-only", Response, Breaking,
        "Callers that read it no longer find it.",
        "add `writeOnly: true`",
        Always("keep sending it");
    NOT_ONLY: "read-write-allowed", Both, Additive,
        "Callers can send it, or get it, where they could not.",
        "delete `readOnly: true`";

    // The service as a whole
    SERVER_REMOVED: "server-removed", Service, Breaking,
        "Callers of the old address may get no response.",
        "delete `- url: https://eu.example.com`",
        Depends(instead::server);
    SERVER_CHANGED: "server-changed", Service, Breaking,
        "Callers of the old address may get no response.",
        "`- url: https://api.example.com` → `- url: https://api.example.org`",
        Depends(instead::server);
    SERVER_ADDED: "server-added", Service, Additive,
        "Callers can use one more address.",
        "add `- url: https://eu.example.com`";
    SECURITY_CHANGED: "security-changed", Service, Breaking,
        "Callers that send what sufficed before are rejected.",
        "`security: [{key: []}]` → `security: [{token: []}]`",
        Depends(instead::security);
    SECURITY_LOOSENED: "security-loosened", Service, Additive,
        "Callers can authenticate in one more way, or need not.",
        "add `- token: []` to `security`";
    SCOPE_ADDED: "security-scope-added", Service, Additive,
        "Callers can ask for one more scope.",
        "add `leads:write:` to `scopes`";
    SCOPE_REMOVED: "security-scope-removed", Service, Breaking,
        "Callers that ask for the scope are rejected.",
        "delete `leads:write:` from `scopes`",
        Always("keep granting it");
    SCHEME_CHANGED: "security-scheme-changed", Service, Breaking,
        "Callers that authenticate in the old way are rejected.",
        "`name: X-Key` → `name: X-Api-Key` in a security scheme",
        Depends(instead::scheme);

    // Personal data
    SENSITIVE_REMOVED: "sensitive-mark-removed", Rust, Breaking,
        "Everything compiles, but `Debug`, and so logs, show personal data that was hidden.",
        "delete `x-sensitive: true`",
        Always("keep `x-sensitive: true` on what can identify a person");
    SENSITIVE_ADDED: "sensitive-mark-added", Rust, Additive,
        "`Debug` shows `[redacted]` where it showed the value.",
        "add `x-sensitive: true`";

    // Rust alone
    COMPONENT_RENAMED: "component-renamed", Rust, Breaking,
        "Programs that name the Rust type don't compile.",
        "`Note:` → `LeadNote:` under `schemas`",
        Depends(instead::component_renamed);
    REQUIRED_ORDER: "required-order-changed", Rust, Breaking,
        "Programs that call `new` pass its arguments in the order of the `required` list.",
        "`required: [title, org]` → `required: [org, title]`",
        Always("keep the order of the `required` list: `new` takes its arguments in it");
    NOT_FOUND: "not-found-code-changed", Rust, Breaking,
        "Programs that ask `Error::is_not_found` get another result.",
        "`x-not-found: LEAD_NOT_FOUND` → `x-not-found: NO_LEAD`",
        Always("keep `x-not-found` as it is: programs rely on what it calls \"not found\"");
    IDENTIFIES: "identified-property-changed", Rust, Breaking,
        "Programs get an error for other responses than before.",
        "`x-identifies: id` → `x-identifies: key`",
        Always("keep `x-identifies` as it is: it decides which responses are errors");
    SKIP_ADDED: "codegen-skip-added", Rust, Breaking,
        "Programs that call the operation's method don't compile: the client has none.",
        "add `x-codegen-skip: the body is XML` to an operation",
        Always("keep generating the operation");
    SKIP_REMOVED: "codegen-skip-removed", Rust, Additive,
        "The client has a method for the operation.",
        "delete `x-codegen-skip: the body is XML`";
    PAGINATION_ADDED: "pagination-added", Rust, Additive,
        "Programs can read the items of all pages as one stream.",
        "add `x-pagination: {cursor: cursor, next: next, items: data}` to an operation";
    PAGINATION_CHANGED: "pagination-changed", Rust, Breaking,
        "Programs that read the stream don't compile, or get other items.",
        "`items: data` → `items: leads` in `x-pagination`",
        Always("keep `x-pagination` as it is: programs read the stream that it makes");
    KEY_ADDED: "idempotency-key-added", Rust, Additive,
        "The client fills in the header, and retries the call.",
        "add `x-idempotency-key: true` to a header";
    KEY_REMOVED: "idempotency-key-removed", Rust, Breaking,
        "The client sends the header only if it is given, and no longer retries a POST or PATCH.",
        "delete `x-idempotency-key: true`",
        Always("keep `x-idempotency-key: true`, as long as the service recognizes repeated calls");
    RUST_BREAKING: "rust-api-changed", Rust, Breaking,
        "Programs that use this part of the Rust API don't compile, or behave differently.",
        "list another server first";
    RUST_ADDITIVE: "rust-api-added", Rust, Additive,
        "Programs can use more of the Rust API.",
        "add a component that no operation uses";

    // What people read
    DESCRIPTION: "description-changed", Both, Docs,
        "Nothing changes: only people read it.",
        "`description: Name of the lead.` → `description: The name of the lead.`";
    EXAMPLE: "example-changed", Both, Docs,
        "Nothing changes: an example limits no value.",
        "`example: Acme Corp` → `example: Acme`";
    TAGS: "tags-changed", Service, Docs,
        "Nothing changes: tags order the documentation.",
        "`tags: [leads]` → `tags: [people]`";
    LINK: "link-changed", Response, Docs,
        "Nothing changes: a link suggests a call, and makes none.",
        "delete `get_notes:` from `links`";
    DEPRECATED: "deprecated-changed", Both, Docs,
        "Nothing changes: it works as before.",
        "add `deprecated: true`";
    INFO: "info-changed", Service, Docs,
        "Nothing changes: it is the contract's title, contact, license, or version of OpenAPI.",
        "`title: Aura` → `title: Aura API`";
    VERSION: "version-changed", Service, Docs,
        "Nothing changes: every other change raises the version, and alone it asks for no other.",
        "`version: 1.0.0` → `version: 1.1.0`";
    EXTENSION: "extension-changed", Both, Docs,
        "Nothing changes: no tool of this project reads the extension.",
        "add `x-team: sales`";
    UNUSED: "unused-component-changed", Service, Docs,
        "Nothing changes on the wire: no operation uses the component; its Rust type may change.",
        "add `Spare:` under `schemas`";

    // The rest
    UNCLASSIFIED: "unclassified", Both, Breaking,
        "No rule knows what it means: it counts as breaking until somebody has looked.",
        "add `sealed: true` to a schema";
}

both! {
    PROPERTY_REMOVED: REQUEST_PROPERTY_REMOVED, RESPONSE_PROPERTY_REMOVED;
    PROPERTY_RENAMED: REQUEST_PROPERTY_RENAMED, RESPONSE_PROPERTY_RENAMED;
    PROPERTY_ADDED: REQUEST_PROPERTY_ADDED, RESPONSE_PROPERTY_ADDED;
    REQUIRED_PROPERTY_ADDED: REQUEST_REQUIRED_PROPERTY_ADDED, RESPONSE_PROPERTY_ADDED;
    DEFAULT: DEFAULT_CHANGED, DEFAULT_SAID;
    MEDIA_ADDED: REQUEST_MEDIA_ADDED, RESPONSE_MEDIA_ADDED;
    MEDIA_REMOVED: REQUEST_MEDIA_REMOVED, RESPONSE_MEDIA_REMOVED;
    REMOVED_PARAMETER: PARAMETER_REMOVED, CALLBACK_PARAMETER_REMOVED;
    NEW_PARAMETER: PARAMETER_ADDED, CALLBACK_PARAMETER_ADDED;
    NEW_REQUIRED_PARAMETER: REQUIRED_PARAMETER_ADDED, CALLBACK_PARAMETER_ADDED;
    REQUIRED_PARAMETER: PARAMETER_REQUIRED, CALLBACK_PARAMETER_REQUIRED;
    OPTIONAL_PARAMETER: PARAMETER_OPTIONAL, CALLBACK_PARAMETER_OPTIONAL;
    NEW_BODY: BODY_ADDED, CALLBACK_BODY_ADDED;
    NEW_REQUIRED_BODY: REQUIRED_BODY_ADDED, CALLBACK_BODY_ADDED;
    REMOVED_BODY: BODY_REMOVED, CALLBACK_BODY_REMOVED;
    REQUIRED_BODY: BODY_REQUIRED, CALLBACK_BODY_REQUIRED;
    OPTIONAL_BODY: BODY_OPTIONAL, CALLBACK_BODY_OPTIONAL;
    REMOVED_HEADER: CALLBACK_HEADER_REMOVED, HEADER_REMOVED;
    NEW_HEADER: CALLBACK_HEADER_ADDED, HEADER_ADDED;
    REQUIRED_HEADER: CALLBACK_HEADER_REQUIRED, HEADER_REQUIRED;
    OPTIONAL_HEADER: CALLBACK_HEADER_OPTIONAL, HEADER_OPTIONAL;
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_stands_once_and_says_why_in_one_sentence() {
        let mut seen = HashSet::new();
        for rule in ALL {
            assert!(seen.insert(rule.code), "{}", rule.code);
            assert!(rule.why.ends_with('.'), "{}", rule.code);
            assert!(!rule.example.is_empty(), "{}", rule.code);
        }
    }
}
