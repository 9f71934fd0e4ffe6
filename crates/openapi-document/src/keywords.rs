//! The objects of OpenAPI 3.0.x and their fields, as a table.
//!
//! From the specification's own tables (<https://spec.openapis.org/oas/v3.0.3>). What isn't here
//! is not OpenAPI 3.0, and progenitor would drop it without a word.

/// An object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is the object of its name")]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    OauthFlow,
}

impl Kind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Info => "info",
            Kind::Contact => "contact",
            Kind::License => "license",
            Kind::Server => "server",
            Kind::ServerVariable => "server variable",
            Kind::Components => "components",
            Kind::PathItem => "path",
            Kind::Operation => "operation",
            Kind::ExternalDocs => "external documentation",
            Kind::Parameter => "parameter",
            Kind::RequestBody => "request body",
            Kind::MediaType => "media type",
            Kind::Encoding => "encoding",
            Kind::Response => "response",
            Kind::Example => "example",
            Kind::Link => "link",
            Kind::Header => "header",
            Kind::Tag => "tag",
            Kind::Schema => "schema",
            Kind::Discriminator => "discriminator",
            Kind::Xml => "xml",
            Kind::SecurityScheme => "security scheme",
            Kind::OauthFlows => "OAuth flows",
            Kind::OauthFlow => "OAuth flow",
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number, not negative.
    Count,
    /// An object of the specification.
    Object(Kind),
    /// Such an object, or a `$ref` to one.
    OrRef(Kind),
    /// `true`, `false`, a schema or a `$ref` to one.
    FlagOrSchema,
    /// A list of these.
    List(&'static Shape),
    /// Names of the author's choice, each with one of these.
    Map(&'static Shape),
}

impl Shape {
    /// Whether objects of the specification can stand in it.
    pub fn holds_objects(self) -> bool {
        match self {
            Shape::Any | Shape::Text | Shape::Flag | Shape::Number | Shape::Count => false,
            Shape::Object(_) | Shape::OrRef(_) | Shape::FlagOrSchema => true,
            Shape::List(shape) | Shape::Map(shape) => shape.holds_objects(),
        }
    }
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether the object needs it.
    pub required: bool,
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
    }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
    }
}

use Shape::{Any, Count, Flag, FlagOrSchema, List, Map, Number, Object, OrRef, Text};

const SERVERS: Field = may("servers", List(&Object(Kind::Server)));
const PARAMETERS: Field = may("parameters", List(&OrRef(Kind::Parameter)));
const DESCRIPTION: Field = may("description", Text);
const EXTERNAL_DOCS: Field = may("externalDocs", Object(Kind::ExternalDocs));
const SECURITY: Field = may("security", List(&Map(&List(&Text))));
const CONTENT: Shape = Map(&Object(Kind::MediaType));

/// The fields of an object of this kind; vendor extensions (`x-…`) may always stand beside them.
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Document => {
            const {
                &[
                    must("openapi", Text),
                    must("info", Object(Kind::Info)),
                    SERVERS,
                    must("paths", Map(&Object(Kind::PathItem))),
                    may("components", Object(Kind::Components)),
                    SECURITY,
                    may("tags", List(&Object(Kind::Tag))),
                    EXTERNAL_DOCS,
                ]
            }
        }
        Kind::Info => {
            const {
                &[
                    must("title", Text),
                    DESCRIPTION,
                    may("termsOfService", Text),
                    may("contact", Object(Kind::Contact)),
                    may("license", Object(Kind::License)),
                    must("version", Text),
                ]
            }
        }
        Kind::Contact => const { &[may("name", Text), may("url", Text), may("email", Text)] },
        Kind::License => const { &[must("name", Text), may("url", Text)] },
        Kind::Server => {
            const {
                &[
                    must("url", Text),
                    DESCRIPTION,
                    may("variables", Map(&Object(Kind::ServerVariable))),
                ]
            }
        }
        Kind::ServerVariable => {
            const { &[may("enum", List(&Text)), must("default", Text), DESCRIPTION] }
        }
        Kind::Components => {
            const {
                &[
                    may("schemas", Map(&OrRef(Kind::Schema))),
                    may("responses", Map(&OrRef(Kind::Response))),
                    may("parameters", Map(&OrRef(Kind::Parameter))),
                    may("examples", Map(&OrRef(Kind::Example))),
                    may("requestBodies", Map(&OrRef(Kind::RequestBody))),
                    may("headers", Map(&OrRef(Kind::Header))),
                    may("securitySchemes", Map(&OrRef(Kind::SecurityScheme))),
                    may("links", Map(&OrRef(Kind::Link))),
                    may("callbacks", Map(&Map(&Object(Kind::PathItem)))),
                ]
            }
        }
        Kind::PathItem => {
            const {
                &[
                    may("$ref", Text),
                    may("summary", Text),
                    DESCRIPTION,
                    may("get", Object(Kind::Operation)),
                    may("put", Object(Kind::Operation)),
                    may("post", Object(Kind::Operation)),
                    may("delete", Object(Kind::Operation)),
                    may("options", Object(Kind::Operation)),
                    may("head", Object(Kind::Operation)),
                    may("patch", Object(Kind::Operation)),
                    may("trace", Object(Kind::Operation)),
                    SERVERS,
                    PARAMETERS,
                ]
            }
        }
        Kind::Operation => {
            const {
                &[
                    may("tags", List(&Text)),
                    may("summary", Text),
                    DESCRIPTION,
                    EXTERNAL_DOCS,
                    may("operationId", Text),
                    PARAMETERS,
                    may("requestBody", OrRef(Kind::RequestBody)),
                    must("responses", Map(&OrRef(Kind::Response))),
                    may("callbacks", Map(&Map(&Object(Kind::PathItem)))),
                    may("deprecated", Flag),
                    SECURITY,
                    SERVERS,
                ]
            }
        }
        Kind::ExternalDocs => const { &[DESCRIPTION, must("url", Text)] },
        Kind::Parameter => {
            const {
                &[
                    must("name", Text),
                    must("in", Text),
                    DESCRIPTION,
                    may("required", Flag),
                    may("deprecated", Flag),
                    may("allowEmptyValue", Flag),
                    may("style", Text),
                    may("explode", Flag),
                    may("allowReserved", Flag),
                    may("schema", OrRef(Kind::Schema)),
                    may("example", Any),
                    may("examples", Map(&OrRef(Kind::Example))),
                    may("content", CONTENT),
                ]
            }
        }
        Kind::RequestBody => {
            const { &[DESCRIPTION, must("content", CONTENT), may("required", Flag)] }
        }
        Kind::MediaType => {
            const {
                &[
                    may("schema", OrRef(Kind::Schema)),
                    may("example", Any),
                    may("examples", Map(&OrRef(Kind::Example))),
                    may("encoding", Map(&Object(Kind::Encoding))),
                ]
            }
        }
        Kind::Encoding => {
            const {
                &[
                    may("contentType", Text),
                    may("headers", Map(&OrRef(Kind::Header))),
                    may("style", Text),
                    may("explode", Flag),
                    may("allowReserved", Flag),
                ]
            }
        }
        Kind::Response => {
            const {
                &[
                    must("description", Text),
                    may("headers", Map(&OrRef(Kind::Header))),
                    may("content", CONTENT),
                    may("links", Map(&OrRef(Kind::Link))),
                ]
            }
        }
        Kind::Example => {
            const {
                &[
                    may("summary", Text),
                    DESCRIPTION,
                    may("value", Any),
                    may("externalValue", Text),
                ]
            }
        }
        Kind::Link => {
            const {
                &[
                    may("operationRef", Text),
                    may("operationId", Text),
                    may("parameters", Map(&Any)),
                    may("requestBody", Any),
                    DESCRIPTION,
                    may("server", Object(Kind::Server)),
                ]
            }
        }
        Kind::Header => {
            const {
                &[
                    DESCRIPTION,
                    may("required", Flag),
                    may("deprecated", Flag),
                    may("allowEmptyValue", Flag),
                    may("style", Text),
                    may("explode", Flag),
                    may("allowReserved", Flag),
                    may("schema", OrRef(Kind::Schema)),
                    may("example", Any),
                    may("examples", Map(&OrRef(Kind::Example))),
                    may("content", CONTENT),
                ]
            }
        }
        Kind::Tag => const { &[must("name", Text), DESCRIPTION, EXTERNAL_DOCS] },
        Kind::Schema => {
            const {
                &[
                    may("title", Text),
                    may("multipleOf", Number),
                    may("maximum", Number),
                    may("exclusiveMaximum", Flag),
                    may("minimum", Number),
                    may("exclusiveMinimum", Flag),
                    may("maxLength", Count),
                    may("minLength", Count),
                    may("pattern", Text),
                    may("maxItems", Count),
                    may("minItems", Count),
                    may("uniqueItems", Flag),
                    may("maxProperties", Count),
                    may("minProperties", Count),
                    may("required", List(&Text)),
                    may("enum", List(&Any)),
                    may("type", Text),
                    may("allOf", List(&OrRef(Kind::Schema))),
                    may("oneOf", List(&OrRef(Kind::Schema))),
                    may("anyOf", List(&OrRef(Kind::Schema))),
                    may("not", OrRef(Kind::Schema)),
                    may("items", OrRef(Kind::Schema)),
                    may("properties", Map(&OrRef(Kind::Schema))),
                    may("additionalProperties", FlagOrSchema),
                    DESCRIPTION,
                    may("format", Text),
                    may("default", Any),
                    may("nullable", Flag),
                    may("discriminator", Object(Kind::Discriminator)),
                    may("readOnly", Flag),
                    may("writeOnly", Flag),
                    may("xml", Object(Kind::Xml)),
                    EXTERNAL_DOCS,
                    may("example", Any),
                    may("deprecated", Flag),
                ]
            }
        }
        Kind::Discriminator => const { &[must("propertyName", Text), may("mapping", Map(&Text))] },
        Kind::Xml => {
            const {
                &[
                    may("name", Text),
                    may("namespace", Text),
                    may("prefix", Text),
                    may("attribute", Flag),
                    may("wrapped", Flag),
                ]
            }
        }
        Kind::SecurityScheme => {
            const {
                &[
                    must("type", Text),
                    DESCRIPTION,
                    may("name", Text),
                    may("in", Text),
                    may("scheme", Text),
                    may("bearerFormat", Text),
                    may("flows", Object(Kind::OauthFlows)),
                    may("openIdConnectUrl", Text),
                ]
            }
        }
        Kind::OauthFlows => {
            const {
                &[
                    may("implicit", Object(Kind::OauthFlow)),
                    may("password", Object(Kind::OauthFlow)),
                    may("clientCredentials", Object(Kind::OauthFlow)),
                    may("authorizationCode", Object(Kind::OauthFlow)),
                ]
            }
        }
        Kind::OauthFlow => {
            const {
                &[
                    may("authorizationUrl", Text),
                    may("tokenUrl", Text),
                    may("refreshUrl", Text),
                    must("scopes", Map(&Text)),
                ]
            }
        }
    }
}
