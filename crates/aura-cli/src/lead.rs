//! A lead as the service sent it, and where it drifts from the contract.

use std::sync::LazyLock;

use aura_client::bytes::Bytes;
use aura_client::uuid::Uuid;
use aura_client::{Error, ErrorKind};
use aura_contract::{Contract, Operation};
use serde::Serialize;

use crate::failure::Failure;
use crate::node::Node;

/// What the contract says of a response that holds a lead.
static GET_LEAD: LazyLock<Option<Operation>> =
    LazyLock::new(|| Contract::builtin().operation("get_lead").cloned());

/// A lead that was asked for and found.
#[derive(Debug)]
pub struct Lead {
    id: Uuid,
    /// The part of the body that is the lead.
    data: Bytes,
    drift: Drift,
}

/// The fields of a lead that do not fit the contract: the API changed them without notice.
#[derive(Debug, Default)]
pub struct Drift(Vec<Anomaly>);

/// A field that does not fit the contract, without its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Anomaly {
    /// Where it is in the lead, as `--fields` takes it: `metadata.city`, `notes[1].content`.
    pub path: String,
    pub reason: String,
}

impl Lead {
    /// A lead that fits the contract; `None` if the body holds none.
    pub fn new(id: Uuid, body: Bytes) -> Option<Self> {
        let data = Node::data_of(&body).filter(|data| data.is_object())?;
        Some(Self {
            id,
            data: body.slice_ref(data.raw().as_bytes()),
            drift: Drift::default(),
        })
    }

    /// The lead in a response that does not fit the contract. `None` if the failure is another one,
    /// or if the response does not say that this is the lead that was asked for.
    pub fn drifted(id: Uuid, error: &Error) -> Option<Self> {
        if error.kind() != ErrorKind::Decode {
            return None;
        }
        let lead = Self::new(id, error.body()?.clone())?;
        let drift = Drift::of(error);
        (lead.is_requested() && !drift.0.is_empty()).then_some(Self { drift, ..lead })
    }

    /// Whether its `id`, however often it is there, is the one that was asked for.
    fn is_requested(&self) -> bool {
        let members = self.data().members().unwrap_or_default();
        let ids = members.iter().filter(|(name, _)| name == "id");
        let mut ids = ids.map(|(_, id)| Uuid::try_parse(&id.string()?).ok());
        ids.next() == Some(Some(self.id)) && ids.all(|id| id == Some(self.id))
    }

    /// The lead as JSON.
    pub fn data(&self) -> Node<'_> {
        Node::read_before(&self.data)
    }

    pub fn drift(&self) -> &Drift {
        &self.drift
    }

    /// A warning for each field that does not fit, with the line of the input where the ID stands.
    pub fn warnings(&self, line: Option<u64>) -> impl Iterator<Item = Failure> {
        let anomalies = self.drift.0.iter();
        anomalies.map(move |Anomaly { path, reason }| {
            Failure::drift(path, reason).of_lead(self.id, line)
        })
    }
}

/// For tests.
#[cfg(test)]
impl Lead {
    /// A lead that fits the contract, or is taken to.
    pub fn of(json: &str) -> Self {
        let body = format!(r#"{{"data":{json}}}"#);
        Self::new(Uuid::nil(), body.into()).expect("an object")
    }

    /// The same lead with a field that does not fit.
    pub fn with_drift(mut self, path: &str) -> Self {
        let (path, reason) = (path.to_owned(), "it is wrong".to_owned());
        self.drift.0.push(Anomaly { path, reason });
        self
    }
}

impl Drift {
    fn of(error: &Error) -> Self {
        let (Some(status), Some(body)) = (error.status(), error.body()) else {
            return Self::default();
        };
        let in_lead = |place: &str| {
            let place = place.strip_prefix("body.").unwrap_or(place);
            place.strip_prefix("data.").unwrap_or(place).to_owned()
        };
        let operation = GET_LEAD.as_ref();
        let problems = operation.map(|operation| operation.check_response(status.as_u16(), body));
        let problems = problems.unwrap_or_default().into_iter();
        let mut anomalies: Vec<_> = problems
            .map(|problem| Anomaly {
                path: in_lead(&problem.place),
                reason: problem.reason,
            })
            .collect();
        if let (true, Some(path)) = (anomalies.is_empty(), error.json_path()) {
            let (path, reason) = (in_lead(path), "the client cannot read it".to_owned());
            anomalies.push(Anomaly { path, reason });
        }
        Self(anomalies)
    }

    /// The fields, in the order in which they were found.
    pub fn anomalies(&self) -> &[Anomaly] {
        &self.0
    }

    /// Those below this path, seen from there.
    pub fn below(&self, path: &str) -> Self {
        let anomalies = self.0.iter().filter_map(|anomaly| {
            let inner = anomaly.path.strip_prefix(path)?.strip_prefix('.')?;
            Some(Anomaly {
                path: inner.to_owned(),
                ..anomaly.clone()
            })
        });
        Self(anomalies.collect())
    }

    /// Whether the field at this path, a part of it or what it is part of does not fit.
    pub fn includes(&self, path: &str) -> bool {
        self.0.iter().any(|anomaly| anomaly.concerns(path))
    }
}

impl Anomaly {
    /// Whether one of the two paths leads to the other, or both are the same.
    pub fn concerns(&self, path: &str) -> bool {
        let leads_to = |outer: &str, inner: &str| {
            let rest = inner.strip_prefix(outer);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        leads_to(path, &self.path) || leads_to(&self.path, path)
    }
}
