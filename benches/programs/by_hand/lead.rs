//! A lead as one would type it in from the documentation: plain derived types. They drop the members
//! that they don't name, unless the feature `keep_unknown` is on.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

#[cfg(feature = "keep_unknown")]
type Unknown = serde_json::Map<String, Value>;

#[derive(Deserialize)]
pub struct Lead {
    pub company: Option<String>,
    pub created_at: DateTime<Utc>,
    pub disqualification_data: Option<DisqualificationData>,
    pub email: Option<String>,
    pub full_name: Option<String>,
    pub id: Uuid,
    pub last_payment_at: Option<String>,
    pub metadata: Option<LeadMetadata>,
    pub notes: Option<Vec<LeadNote>>,
    pub payment_count: Option<i64>,
    pub payment_status: Option<String>,
    pub phone: Option<String>,
    pub source: Option<LeadSource>,
    pub status: String,
    pub timezone: Option<String>,
    pub total_paid_cents: Option<i64>,
    pub updated_at: DateTime<Utc>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[derive(Deserialize)]
pub struct DisqualificationData {
    pub booking_link_id: Option<String>,
    pub evaluated_at: Option<String>,
    pub triggering_field: Option<TriggeringField>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[derive(Deserialize)]
pub struct TriggeringField {
    pub key: Option<String>,
    pub label: Option<String>,
    pub value: Option<Value>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadMetadata {
    pub city: Option<String>,
    pub country: Option<String>,
    pub country_code: Option<String>,
    pub data_consent_accepted_at: Option<DateTime<Utc>>,
    pub dclid: Option<String>,
    pub epik: Option<String>,
    pub fbclid: Option<String>,
    pub gad_source: Option<String>,
    pub gbraid: Option<String>,
    pub gclid: Option<String>,
    pub gclsrc: Option<String>,
    pub hyclid: Option<String>,
    pub ip_address: Option<String>,
    pub language: Option<String>,
    pub latitude: Option<f64>,
    pub li_fat_id: Option<String>,
    pub longitude: Option<f64>,
    pub msclkid: Option<String>,
    pub partner: Option<String>,
    pub rdt_cid: Option<String>,
    #[serde(rename = "ref")]
    pub ref_: Option<String>,
    pub referrer: Option<String>,
    pub region: Option<String>,
    pub sc_cid: Option<String>,
    pub screen_height: Option<i64>,
    pub screen_width: Option<i64>,
    pub setter_code: Option<String>,
    pub ttclid: Option<String>,
    pub twclid: Option<String>,
    pub user_agent: Option<String>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_id: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    pub wbraid: Option<String>,
    pub yclid: Option<String>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[derive(Deserialize)]
pub struct LeadNote {
    pub content: Option<String>,
    pub created_at: Option<DateTime<Utc>>,
    pub user_id: Option<String>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}

#[derive(Deserialize)]
pub struct LeadSource {
    pub referrer: Option<String>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    #[cfg(feature = "keep_unknown")]
    #[serde(flatten)]
    pub unknown: Unknown,
}
