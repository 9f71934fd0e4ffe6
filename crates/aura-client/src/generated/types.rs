// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! What the Aura API sends and takes.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

use crate::redact::{Keys, Redacted};

/// A lead: who it is, how to reach it, where it stands, what it has paid and where it came from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lead {
    /// Lead ID (UUID).
    pub id: Uuid,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// Name of the lead's company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone number in E.164 form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Time zone, in the example an IANA name. The API does not say whether it always is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Where the lead stands. Starts as `new`; `qualified` is another value. The API publishes no list, so expect others.
    pub status: String,
    /// How the lead came to be disqualified. The API does not say when this is present.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disqualification_data: Option<DisqualificationData>,
    /// Notes on the lead. The API does not say how they are ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<LeadNote>>,
    /// State of the lead's payments. The API publishes no list of values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_status: Option<String>,
    /// Number of payments. The API does not say whether failed or refunded ones count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_count: Option<i64>,
    /// Total amount paid, in cents. The API does not say in which currency, nor whether refunds are taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_paid_cents: Option<i64>,
    /// When the last payment was made. The API does not say in which form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_payment_at: Option<String>,
    /// Referrer and UTM parameters. Older leads may hold null here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<LeadSource>,
    /// What was recorded about the lead's visit (place, device, click ids, UTM parameters), and custom fields. Older leads may hold null here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<LeadMetadata>,
    /// When the lead was created.
    pub created_at: DateTime<Utc>,
    /// When the lead was last updated. The API does not say which changes count as an update.
    pub updated_at: DateTime<Utc>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Lead {
    /// Makes one of what every one has.
    pub fn new(id: Uuid, status: impl Into<String>, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Self {
        Self {
            full_name: None,
            company: None,
            email: None,
            phone: None,
            timezone: None,
            disqualification_data: None,
            notes: None,
            payment_status: None,
            payment_count: None,
            total_paid_cents: None,
            last_payment_at: None,
            source: None,
            metadata: None,
            id,
            status: status.into(),
            created_at,
            updated_at,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead")
            .field("id", &self.id)
            .field("full_name", &self.full_name.as_ref().map(|_| Redacted))
            .field("company", &self.company)
            .field("email", &self.email.as_ref().map(|_| Redacted))
            .field("phone", &self.phone.as_ref().map(|_| Redacted))
            .field("timezone", &self.timezone)
            .field("status", &self.status)
            .field("disqualification_data", &self.disqualification_data)
            .field("notes", &self.notes)
            .field("payment_status", &self.payment_status)
            .field("payment_count", &self.payment_count)
            .field("total_paid_cents", &self.total_paid_cents)
            .field("last_payment_at", &self.last_payment_at)
            .field("source", &self.source)
            .field("metadata", &self.metadata)
            .field("created_at", &self.created_at)
            .field("updated_at", &self.updated_at)
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// Where the lead came from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeadSource {
    /// URL of the referring page. The API does not say how this relates to `metadata.referrer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// UTM source, the site or service that sent the visitor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm_source: Option<String>,
    /// UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm_medium: Option<String>,
    /// UTM campaign, the name of the campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm_campaign: Option<String>,
    /// UTM term, the keyword that was paid for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm_term: Option<String>,
    /// UTM content, which tells ads or links of one campaign apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utm_content: Option<String>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl LeadSource {
    /// Makes one of what every one has.
    pub fn new() -> Self {
        Self {
            referrer: None,
            utm_source: None,
            utm_medium: None,
            utm_campaign: None,
            utm_term: None,
            utm_content: None,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for LeadSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadSource")
            .field("referrer", &self.referrer.as_ref().map(|_| Redacted))
            .field("utm_source", &self.utm_source)
            .field("utm_medium", &self.utm_medium)
            .field("utm_campaign", &self.utm_campaign)
            .field("utm_term", &self.utm_term)
            .field("utm_content", &self.utm_content)
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// What was recorded about the lead's visit, and custom fields. The API accepts unknown keys here.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeadMetadata {
    /// IP address. The API does not say whether IPv4 only.
    #[serde(rename = "ipAddress", default, skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// Country. The API does not say whether this is a name or a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Code of the country, in the example of two letters.
    #[serde(rename = "countryCode", default, skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// Region. The API does not say whether this is a name or a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Latitude. The API does not say how exact it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// Longitude. The API does not say how exact it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Language, in the example a tag of language and country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// User agent, the text by which a browser names itself.
    #[serde(rename = "userAgent", default, skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Width of the screen. The API does not give the unit.
    #[serde(rename = "screenWidth", default, skip_serializing_if = "Option::is_none")]
    pub screen_width: Option<i64>,
    /// Height of the screen. The API does not give the unit.
    #[serde(rename = "screenHeight", default, skip_serializing_if = "Option::is_none")]
    pub screen_height: Option<i64>,
    /// When the consent on data was accepted. The API does not say what it covers, nor whether absent means refused.
    #[serde(rename = "dataConsentAcceptedAt", default, skip_serializing_if = "Option::is_none")]
    pub data_consent_accepted_at: Option<DateTime<Utc>>,
    /// URL of the referring page. The API does not say how this relates to `source.referrer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// A referral mark. The API does not say what it holds; it may name a person.
    #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
    pub ref_: Option<String>,
    /// A partner. The API does not say whether this is a name or an ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// Code of a setter. The API does not say who a setter is, nor who sets the code.
    #[serde(rename = "setterCode", default, skip_serializing_if = "Option::is_none")]
    pub setter_code: Option<String>,
    /// UTM source, the site or service that sent the visitor.
    #[serde(rename = "utmSource", default, skip_serializing_if = "Option::is_none")]
    pub utm_source: Option<String>,
    /// UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
    #[serde(rename = "utmMedium", default, skip_serializing_if = "Option::is_none")]
    pub utm_medium: Option<String>,
    /// UTM campaign, the name of the campaign.
    #[serde(rename = "utmCampaign", default, skip_serializing_if = "Option::is_none")]
    pub utm_campaign: Option<String>,
    /// UTM ID, the ID of the campaign.
    #[serde(rename = "utmId", default, skip_serializing_if = "Option::is_none")]
    pub utm_id: Option<String>,
    /// UTM term, the keyword that was paid for.
    #[serde(rename = "utmTerm", default, skip_serializing_if = "Option::is_none")]
    pub utm_term: Option<String>,
    /// UTM content, which tells ads or links of one campaign apart.
    #[serde(rename = "utmContent", default, skip_serializing_if = "Option::is_none")]
    pub utm_content: Option<String>,
    /// Google Ads click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gclid: Option<String>,
    /// Google Ads click id for iOS, made for conversions in an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gbraid: Option<String>,
    /// Google Ads click id for iOS, made for conversions on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wbraid: Option<String>,
    /// Google display ads click id (Campaign Manager 360, Display & Video 360).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dclid: Option<String>,
    /// Which Google system made the `gclid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gclsrc: Option<String>,
    /// Google Ads `gad_source`, a code for the kind of ad traffic.
    #[serde(rename = "gadSource", default, skip_serializing_if = "Option::is_none")]
    pub gad_source: Option<String>,
    /// Meta (Facebook, Instagram) click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fbclid: Option<String>,
    /// Microsoft Advertising (Bing) click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub msclkid: Option<String>,
    /// TikTok click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttclid: Option<String>,
    /// X (Twitter) click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twclid: Option<String>,
    /// LinkedIn click id (`li_fat_id`).
    #[serde(rename = "liFatId", default, skip_serializing_if = "Option::is_none")]
    pub li_fat_id: Option<String>,
    /// Reddit click id (`rdt_cid`).
    #[serde(rename = "rdtCid", default, skip_serializing_if = "Option::is_none")]
    pub rdt_cid: Option<String>,
    /// Snapchat click id (`ScCid`).
    #[serde(rename = "scCid", default, skip_serializing_if = "Option::is_none")]
    pub sc_cid: Option<String>,
    /// Pinterest click id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epik: Option<String>,
    /// Click id of Yandex Direct; Yahoo Japan uses the same name. The API does not say which one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yclid: Option<String>,
    /// A click id by its name. The API does not say of which platform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hyclid: Option<String>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl LeadMetadata {
    /// Makes one of what every one has.
    pub fn new() -> Self {
        Self {
            ip_address: None,
            country: None,
            country_code: None,
            region: None,
            city: None,
            latitude: None,
            longitude: None,
            language: None,
            user_agent: None,
            screen_width: None,
            screen_height: None,
            data_consent_accepted_at: None,
            referrer: None,
            ref_: None,
            partner: None,
            setter_code: None,
            utm_source: None,
            utm_medium: None,
            utm_campaign: None,
            utm_id: None,
            utm_term: None,
            utm_content: None,
            gclid: None,
            gbraid: None,
            wbraid: None,
            dclid: None,
            gclsrc: None,
            gad_source: None,
            fbclid: None,
            msclkid: None,
            ttclid: None,
            twclid: None,
            li_fat_id: None,
            rdt_cid: None,
            sc_cid: None,
            epik: None,
            yclid: None,
            hyclid: None,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for LeadMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadMetadata")
            .field("ip_address", &self.ip_address.as_ref().map(|_| Redacted))
            .field("country", &self.country)
            .field("country_code", &self.country_code)
            .field("region", &self.region.as_ref().map(|_| Redacted))
            .field("city", &self.city.as_ref().map(|_| Redacted))
            .field("latitude", &self.latitude.as_ref().map(|_| Redacted))
            .field("longitude", &self.longitude.as_ref().map(|_| Redacted))
            .field("language", &self.language)
            .field("user_agent", &self.user_agent.as_ref().map(|_| Redacted))
            .field("screen_width", &self.screen_width)
            .field("screen_height", &self.screen_height)
            .field("data_consent_accepted_at", &self.data_consent_accepted_at)
            .field("referrer", &self.referrer.as_ref().map(|_| Redacted))
            .field("ref_", &self.ref_.as_ref().map(|_| Redacted))
            .field("partner", &self.partner)
            .field("setter_code", &self.setter_code)
            .field("utm_source", &self.utm_source)
            .field("utm_medium", &self.utm_medium)
            .field("utm_campaign", &self.utm_campaign)
            .field("utm_id", &self.utm_id)
            .field("utm_term", &self.utm_term)
            .field("utm_content", &self.utm_content)
            .field("gclid", &self.gclid.as_ref().map(|_| Redacted))
            .field("gbraid", &self.gbraid.as_ref().map(|_| Redacted))
            .field("wbraid", &self.wbraid.as_ref().map(|_| Redacted))
            .field("dclid", &self.dclid.as_ref().map(|_| Redacted))
            .field("gclsrc", &self.gclsrc)
            .field("gad_source", &self.gad_source)
            .field("fbclid", &self.fbclid.as_ref().map(|_| Redacted))
            .field("msclkid", &self.msclkid.as_ref().map(|_| Redacted))
            .field("ttclid", &self.ttclid.as_ref().map(|_| Redacted))
            .field("twclid", &self.twclid.as_ref().map(|_| Redacted))
            .field("li_fat_id", &self.li_fat_id.as_ref().map(|_| Redacted))
            .field("rdt_cid", &self.rdt_cid.as_ref().map(|_| Redacted))
            .field("sc_cid", &self.sc_cid.as_ref().map(|_| Redacted))
            .field("epik", &self.epik.as_ref().map(|_| Redacted))
            .field("yclid", &self.yclid.as_ref().map(|_| Redacted))
            .field("hyclid", &self.hyclid.as_ref().map(|_| Redacted))
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// A note on a lead.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeadNote {
    /// Text of the note. The API does not say whether it can hold markup.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// User the note belongs to; user ids look like `user_…`. The API does not say whether this is always the note's author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// When the note was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<Utc>>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl LeadNote {
    /// Makes one of what every one has.
    pub fn new() -> Self {
        Self {
            content: None,
            user_id: None,
            created_at: None,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for LeadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadNote")
            .field("content", &self.content.as_ref().map(|_| Redacted))
            .field("user_id", &self.user_id)
            .field("created_at", &self.created_at)
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// How a lead came to be disqualified.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DisqualificationData {
    /// ID of a booking link. The API does not say in which form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking_link_id: Option<String>,
    /// When the lead was evaluated. The API does not say in which form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluated_at: Option<String>,
    /// The field whose value disqualified the lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triggering_field: Option<TriggeringField>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl DisqualificationData {
    /// Makes one of what every one has.
    pub fn new() -> Self {
        Self {
            booking_link_id: None,
            evaluated_at: None,
            triggering_field: None,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for DisqualificationData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisqualificationData")
            .field("booking_link_id", &self.booking_link_id)
            .field("evaluated_at", &self.evaluated_at)
            .field("triggering_field", &self.triggering_field)
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// The field whose value disqualified a lead. The API does not say whether it is a field of the lead or of a form.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TriggeringField {
    /// Key of the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Label of the field, as people see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Value of the field, any JSON value. The API does not say of which type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl TriggeringField {
    /// Makes one of what every one has.
    pub fn new() -> Self {
        Self {
            key: None,
            label: None,
            value: None,
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for TriggeringField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggeringField")
            .field("key", &self.key)
            .field("label", &self.label)
            .field("value", &self.value.as_ref().map(|_| Redacted))
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}

/// The body of every error.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// False in an error.
    pub success: bool,
    /// What went wrong, in words for people.
    pub error: String,
    /// What went wrong, in a word for programs. The API publishes no list of codes.
    pub code: String,
    /// ID of the request, to quote when reporting a problem. Can be absent.
    #[serde(rename = "requestId", default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Fields that the contract does not name.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl ErrorResponse {
    /// Makes one of what every one has.
    pub fn new(success: bool, error: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            request_id: None,
            success,
            error: error.into(),
            code: code.into(),
            extra: serde_json::Map::new(),
        }
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("success", &self.success)
            .field("error", &self.error)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .field("extra", &Keys(&self.extra))
            .finish()
    }
}
