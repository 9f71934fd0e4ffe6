//! All rules, in one place: what each check looks at, and what it can tell.

use super::{
    Subject, answers, circles, components, document, example_keys, examples, identifies, links,
    not_found, operations, parameters, path_parameters, paths, policy, references, scalars,
    schemas, scopes, security, sensitive, servers, structure, suppression,
};
use openapi_document::yaml::rules as yaml;
use openapi_document::{Diagnostic, Rule};

/// A function that looks through a contract, and the rules of which it tells what breaks them.
pub struct Check {
    /// What it can tell.
    pub rules: &'static [&'static Rule],
    /// The function.
    pub run: fn(&Subject<'_>) -> Vec<Diagnostic>,
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
    &suppression::ALLOW,
    &suppression::UNUSED_ALLOW,
];

/// References and keywords, each on its own.
const SINGLE: &[Check] = &[
    Check {
        run: references::resolve,
        rules: &[
            &references::DANGLING_REF,
            &references::WRONG_REF,
            &references::EXTERNAL_REF,
            &references::DEEP_REF,
            &structure::WRONG_TYPE,
        ],
    },
    Check {
        run: references::siblings,
        rules: &[
            &references::REF_SIBLINGS,
            &sensitive::PLACEMENT,
            &not_found::PLACEMENT,
            &identifies::PLACEMENT,
        ],
    },
    Check {
        run: references::path_items,
        rules: &[&references::EXTERNAL_REF],
    },
    Check {
        run: circles::circles,
        rules: &[&circles::CIRCULAR_REF],
    },
    Check {
        run: schemas::types::types,
        rules: &[
            &schemas::types::TYPE,
            &schemas::types::MISSING_TYPE,
            &structure::MISSING_FIELD,
        ],
    },
    Check {
        run: schemas::values::formats,
        rules: &[&schemas::values::FORMAT],
    },
    Check {
        run: schemas::values::limits,
        rules: &[&schemas::values::LIMITS],
    },
    Check {
        run: schemas::values::patterns,
        rules: &[&schemas::values::PATTERN],
    },
    Check {
        run: schemas::discriminator::mappings,
        rules: &[&schemas::discriminator::MAPPING],
    },
    Check {
        run: schemas::values::enums,
        rules: &[&schemas::values::ENUM],
    },
];

/// What other rules lean on.
const MIDDLE: &[Check] = &[
    Check {
        run: operations::ids,
        rules: &[&operations::MISSING_ID, &operations::DUPLICATE_ID],
    },
    Check {
        run: paths::paths,
        rules: &[&paths::PATH, &paths::TRAILING_SLASH, &paths::AMBIGUOUS_PATH],
    },
    Check {
        run: parameters::parameters,
        rules: &[
            &parameters::PARAMETER,
            &parameters::UNSENT,
            &structure::MISSING_FIELD,
        ],
    },
    Check {
        run: answers::statuses,
        rules: &[&answers::STATUS],
    },
    Check {
        run: answers::media_types,
        rules: &[&answers::NO_MEDIA_TYPE],
    },
    Check {
        run: schemas::required::required,
        rules: &[&schemas::required::REQUIRED],
    },
    Check {
        run: schemas::composition::composition,
        rules: &[
            &schemas::composition::COMPOSITION,
            &schemas::composition::EMPTY_COMPOSITION,
            &schemas::composition::CLOSED_OBJECT,
        ],
    },
    Check {
        run: components::names,
        rules: &[&components::COMPONENT_NAME],
    },
];

/// All that depends on more than one place.
const WHOLE: &[Check] = &[
    Check {
        run: document::info,
        rules: &[&document::INFO, &document::INFO_VERSION],
    },
    Check {
        run: servers::servers,
        rules: &[&servers::SERVER],
    },
    Check {
        run: servers::variables_hold,
        rules: &[&servers::SERVER_VARIABLE, &servers::UNUSED_SERVER_VARIABLE],
    },
    Check {
        run: document::tags,
        rules: &[&document::TAG, &document::DUPLICATE_TAG],
    },
    Check {
        run: security::requirements_hold,
        rules: &[
            &security::UNDEFINED_SECURITY,
            &security::MISSING_SECURITY,
            &security::SECURITY_SCHEME,
        ],
    },
    Check {
        run: scopes::scopes,
        rules: &[&scopes::UNDEFINED_SCOPE],
    },
    Check {
        run: security::schemes,
        rules: &[&security::SECURITY_SCHEME],
    },
    Check {
        run: security::can_be_sent,
        rules: &[&security::UNSENDABLE],
    },
    Check {
        run: operations::snake_case,
        rules: &[&operations::SNAKE_CASE],
    },
    Check {
        run: operations::servers,
        rules: &[&operations::SERVER],
    },
    Check {
        run: operations::bodies_without_meaning,
        rules: &[&operations::BODY_WITHOUT_MEANING],
    },
    Check {
        run: path_parameters::path_parameters,
        rules: &[&path_parameters::PATH_PARAMETER],
    },
    Check {
        run: parameters::headers,
        rules: &[&structure::MISSING_FIELD],
    },
    Check {
        run: parameters::listed_twice,
        rules: &[&parameters::DUPLICATE_PARAMETER],
    },
    Check {
        run: links::links,
        rules: &[&links::LINK],
    },
    Check {
        run: answers::no_content,
        rules: &[&answers::NO_CONTENT],
    },
    Check {
        run: answers::successes,
        rules: &[
            &answers::NO_SUCCESS,
            &answers::MEDIA_TYPE,
            &answers::SUCCESS_BODIES,
            &structure::MISSING_FIELD,
        ],
    },
    Check {
        run: answers::bodies,
        rules: &[
            &answers::BODY,
            &answers::MEDIA_TYPE,
            &structure::MISSING_FIELD,
        ],
    },
    Check {
        run: schemas::composition::merges,
        rules: &[&schemas::composition::COMPOSITION],
    },
    Check {
        run: schemas::values::marks,
        rules: &[&schemas::values::READ_WRITE],
    },
    Check {
        run: schemas::discriminator::unread,
        rules: &[&schemas::discriminator::DISCRIMINATOR],
    },
    Check {
        run: examples::fit,
        rules: &[&examples::MISMATCH, &examples::DEFAULT],
    },
    Check {
        run: example_keys::spelled,
        rules: &[&example_keys::MISSPELLED],
    },
    Check {
        run: examples::both,
        rules: &[&examples::BOTH],
    },
    Check {
        run: components::used,
        rules: &[&components::UNUSED_COMPONENT],
    },
    Check {
        run: sensitive::placement,
        rules: &[&sensitive::PLACEMENT],
    },
    Check {
        run: sensitive::unmarked,
        rules: &[&sensitive::UNMARKED],
    },
    Check {
        run: not_found::placement,
        rules: &[&not_found::PLACEMENT],
    },
    Check {
        run: not_found::unmarked,
        rules: &[&not_found::UNMARKED],
    },
    Check {
        run: identifies::placement,
        rules: &[&identifies::PLACEMENT],
    },
    Check {
        run: policy::descriptions,
        rules: &[&policy::DESCRIPTION],
    },
    Check {
        run: policy::cents,
        rules: &[&policy::CENTS],
    },
    Check {
        run: policy::open_enums,
        rules: &[&policy::OPEN_ENUM],
    },
];

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
