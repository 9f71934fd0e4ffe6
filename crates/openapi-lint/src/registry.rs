//! All rules, in one place: what each check looks at, and what it can tell.

use super::{
    Subject, answers, circles, components, document, example_keys, examples, fields, idempotency,
    identifies, links, newer, not_found, operations, pagination, parameters, path_parameters,
    paths, policy, references, scalars, schemas, scopes, security, sensitive, servers, skip,
    structure, suppression,
};
use openapi_document::rules as yaml;
use openapi_document::{Diagnostic, Rule};

/// A function that looks through a contract, and the rules of which it tells what breaks them.
pub struct Check {
    /// What it can tell.
    pub rules: &'static [&'static Rule],
    /// The function.
    pub run: fn(&Subject<'_>) -> Vec<Diagnostic>,
}

/// A line for each check: the function, and the rules of which it reports what breaks them.
macro_rules! checks {
    ($($run:path => $($rule:path),+;)*) => {
        &[$(Check { rules: &[$(&$rule),+], run: $run }),*]
    };
}

/// What is reported of the text, beside what the checks report.
const READING: &[&Rule] = &[
    &yaml::ENCODING,
    &yaml::SYNTAX,
    &yaml::CHARACTER,
    &yaml::TAG,
    &yaml::NUMBER,
    &yaml::DUPLICATE_KEY,
    &yaml::KEY,
    &yaml::MERGE,
    &yaml::ALIAS,
    &scalars::LEADING_ZERO,
    &document::VERSION,
    &newer::DIALECT,
    &newer::OUTDATED,
    &suppression::ALLOW,
    &suppression::UNUSED_ALLOW,
];

/// References and keywords, each on its own.
const SINGLE: &[Check] = checks! {
    references::resolve =>
        references::DANGLING_REF, references::WRONG_REF, references::EXTERNAL_REF,
        references::DEEP_REF, fields::WRONG_TYPE;
    references::siblings =>
        references::REF_SIBLINGS, sensitive::PLACEMENT, not_found::PLACEMENT,
        identifies::PLACEMENT, pagination::PLACEMENT, idempotency::PLACEMENT;
    references::path_items => references::EXTERNAL_REF;
    circles::circles => circles::CIRCULAR_REF;
    schemas::types::types =>
        schemas::types::TYPE, schemas::types::MISSING_TYPE, fields::MISSING_FIELD;
    schemas::values::formats => schemas::values::FORMAT;
    schemas::values::limits => schemas::values::LIMITS;
    schemas::values::patterns => schemas::values::PATTERN;
    schemas::discriminator::mappings => schemas::discriminator::MAPPING;
    schemas::values::enums => schemas::values::ENUM;
    skip::placement => skip::PLACEMENT, skip::UNNEEDED;
};

/// What other rules lean on.
const MIDDLE: &[Check] = checks! {
    operations::ids => operations::MISSING_ID, operations::DUPLICATE_ID;
    operations::servers => operations::SERVER, operations::WITHHELD_KEY;
    paths::paths =>
        paths::PATH, paths::SAME_PATH, paths::PATH_SUFFIX, paths::TRAILING_SLASH,
        paths::AMBIGUOUS_PATH;
    parameters::parameters =>
        parameters::PARAMETER, parameters::UNSENT, parameters::COOKIE, parameters::IGNORED_HEADER,
        parameters::STYLE, fields::MISSING_FIELD;
    answers::statuses => answers::STATUS;
    answers::media_types => answers::NO_MEDIA_TYPE;
    schemas::required::required => schemas::required::REQUIRED;
    schemas::composition::composition =>
        schemas::composition::EMPTY_COMPOSITION, schemas::composition::CLOSED_OBJECT,
        newer::IGNORED;
    components::names => components::COMPONENT_NAME;
};

/// All that depends on more than one place.
const WHOLE: &[Check] = checks! {
    document::info => document::INFO, document::INFO_VERSION;
    servers::servers => servers::SERVER;
    servers::variables_hold => servers::SERVER_VARIABLE, servers::UNUSED_SERVER_VARIABLE;
    document::tags => document::TAG, document::DUPLICATE_TAG;
    security::requirements_hold =>
        security::UNDEFINED_SECURITY, security::MISSING_SECURITY, security::SECURITY_SCHEME;
    scopes::scopes => scopes::UNDEFINED_SCOPE;
    security::schemes => security::SECURITY_SCHEME;
    security::can_be_sent => security::UNSENDABLE, security::SEVERAL;
    operations::snake_case => operations::SNAKE_CASE;
    operations::bodies_without_meaning => operations::BODY_WITHOUT_MEANING;
    path_parameters::path_parameters => path_parameters::PATH_PARAMETER;
    parameters::headers => fields::MISSING_FIELD;
    parameters::listed_twice => parameters::DUPLICATE_PARAMETER;
    links::links => links::LINK;
    answers::no_content => answers::NO_CONTENT;
    answers::successes => answers::NO_SUCCESS;
    answers::bodies => answers::MEDIA_TYPE;
    schemas::composition::merges => schemas::composition::COMPOSITION;
    schemas::values::marks => schemas::values::READ_WRITE;
    schemas::discriminator::unread => schemas::discriminator::DISCRIMINATOR;
    examples::fit => examples::MISMATCH, examples::DEFAULT;
    example_keys::spelled => example_keys::MISSPELLED;
    examples::both => examples::BOTH;
    components::used => components::UNUSED_COMPONENT;
    sensitive::placement => sensitive::PLACEMENT;
    sensitive::unmarked => sensitive::UNMARKED;
    not_found::placement => not_found::PLACEMENT;
    not_found::unmarked => not_found::UNMARKED;
    identifies::placement => identifies::PLACEMENT;
    pagination::placement => pagination::PLACEMENT;
    idempotency::placement => idempotency::PLACEMENT;
    idempotency::without_effect => idempotency::WITHOUT_EFFECT;
    policy::descriptions => policy::DESCRIPTION;
    policy::cents => policy::CENTS;
    policy::open_enums => policy::OPEN_ENUM;
};

/// All checks, in stages. What an earlier stage tells, the later ones don't see.
pub const STAGES: [&[Check]; 3] = [SINGLE, MIDDLE, WHOLE];

/// Checks of another crate, for each of the three stages.
pub struct Checks {
    /// The checks: of single keywords, of what others lean on, of what depends on several places.
    pub stages: [&'static [Check]; 3],
}

impl Checks {
    /// No more than the rules of this crate.
    pub const NONE: Checks = Checks { stages: [&[]; 3] };
}

/// Every rule once, in the order in which they are looked at.
pub fn rules(more: &Checks) -> Vec<&'static Rule> {
    let checks = STAGES.into_iter().chain(more.stages).flatten();
    let told = checks.flat_map(|check| check.rules);
    let all = READING.iter().chain(&structure::RULES).chain(told);
    let mut rules: Vec<&Rule> = Vec::new();
    for rule in all {
        if rules.iter().all(|known| known.code != rule.code) {
            rules.push(rule);
        }
    }
    rules
}
