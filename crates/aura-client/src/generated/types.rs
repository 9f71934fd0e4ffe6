// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! What the Aura API sends and takes.

use chrono::{DateTime, Utc};
use crate::{Extra, Json};
use crate::redact::Redacted;
use crate::slot::object;
use serde::Serialize;
use std::fmt;
use uuid::Uuid;

/// How a lead came to be disqualified.
#[derive(Serialize, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct DisqualificationData {
    /// ID of a booking link. The API does not say in which form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking_link_id: Option<String>,
    /// When the lead was evaluated. The API does not say in which form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluated_at: Option<String>,
    /// The field whose value disqualified the lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggering_field: Option<TriggeringField>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(DisqualificationData {
    optional booking_link_id "booking_link_id",
    optional evaluated_at "evaluated_at",
    optional triggering_field "triggering_field",
    ..extra
});

impl fmt::Debug for DisqualificationData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DisqualificationData")
            .field("booking_link_id", &self.booking_link_id)
            .field("evaluated_at", &self.evaluated_at)
            .field("triggering_field", &self.triggering_field)
            .field("extra", &self.extra)
            .finish()
    }
}

impl DisqualificationData {
    /// Every field is absent.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The body of every error.
#[derive(Serialize, Clone, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// What went wrong, in a word for programs. The API publishes no list of codes.
    pub code: String,
    /// What went wrong, in words for people. They may name one.
    pub error: String,
    /// ID of the request, to quote when reporting a problem. Can be absent.
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// False in an error.
    pub success: bool,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(ErrorResponse {
    required code "code",
    required error "error",
    optional request_id "requestId",
    required success "success",
    ..extra
});

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("code", &self.code)
            .field("error", &Redacted)
            .field("request_id", &self.request_id)
            .field("success", &self.success)
            .field("extra", &self.extra)
            .finish()
    }
}

impl ErrorResponse {
    /// Takes what the contract requires; every other field is absent.
    pub fn new(
        success: bool,
        error: impl Into<String>,
        code: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            error: error.into(),
            request_id: None,
            success,
            extra: Default::default(),
        }
    }
}

/// A lead: who it is, how to reach it, where it stands, what it has paid and where it came
/// from.
#[derive(Serialize, Clone, PartialEq)]
#[non_exhaustive]
pub struct Lead {
    /// Name of the lead's company.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// When the lead was created.
    pub created_at: DateTime<Utc>,
    /// How the lead came to be disqualified. The API does not say when this is present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disqualification_data: Option<DisqualificationData>,
    /// E-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// Lead ID (UUID).
    pub id: Uuid,
    /// When the last payment was made. The API does not say in which form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_payment_at: Option<String>,
    /// What was recorded about the lead's visit (place, device, click ids, UTM parameters), and
    /// custom fields. Older leads may hold null here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<LeadMetadata>,
    /// Notes on the lead. The API does not say how they are ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Vec<LeadNote>>,
    /// Number of payments. The API does not say whether failed or refunded ones count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_count: Option<i64>,
    /// State of the lead's payments. The API publishes no list of values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_status: Option<String>,
    /// Phone number in E.164 form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Referrer and UTM parameters. Older leads may hold null here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<LeadSource>,
    /// Where the lead stands. Starts as `new`; `qualified` is another value. The API publishes no
    /// list, so expect others.
    pub status: String,
    /// Time zone, in the example an IANA name. The API does not say whether it always is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// Total amount paid, in cents. The API does not say in which currency, nor whether refunds
    /// are taken off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_paid_cents: Option<i64>,
    /// When the lead was last updated. The API does not say which changes count as an update.
    pub updated_at: DateTime<Utc>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(Lead {
    optional company "company",
    required created_at "created_at",
    optional disqualification_data "disqualification_data",
    optional email "email",
    optional full_name "full_name",
    required id "id",
    optional last_payment_at "last_payment_at",
    optional metadata "metadata",
    optional notes "notes",
    optional payment_count "payment_count",
    optional payment_status "payment_status",
    optional phone "phone",
    optional source "source",
    required status "status",
    optional timezone "timezone",
    optional total_paid_cents "total_paid_cents",
    required updated_at "updated_at",
    ..extra
});

impl fmt::Debug for Lead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead")
            .field("company", &self.company)
            .field("created_at", &self.created_at)
            .field("disqualification_data", &self.disqualification_data)
            .field("email", &self.email.as_ref().map(|_| Redacted))
            .field("full_name", &self.full_name.as_ref().map(|_| Redacted))
            .field("id", &self.id)
            .field("last_payment_at", &self.last_payment_at)
            .field("metadata", &self.metadata)
            .field("notes", &self.notes)
            .field("payment_count", &self.payment_count)
            .field("payment_status", &self.payment_status)
            .field("phone", &self.phone.as_ref().map(|_| Redacted))
            .field("source", &self.source)
            .field("status", &self.status)
            .field("timezone", &self.timezone)
            .field("total_paid_cents", &self.total_paid_cents)
            .field("updated_at", &self.updated_at)
            .field("extra", &self.extra)
            .finish()
    }
}

impl Lead {
    /// Takes what the contract requires; every other field is absent.
    pub fn new(
        id: Uuid,
        status: impl Into<String>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    ) -> Self {
        Self {
            company: None,
            created_at,
            disqualification_data: None,
            email: None,
            full_name: None,
            id,
            last_payment_at: None,
            metadata: None,
            notes: None,
            payment_count: None,
            payment_status: None,
            phone: None,
            source: None,
            status: status.into(),
            timezone: None,
            total_paid_cents: None,
            updated_at,
            extra: Default::default(),
        }
    }
}

/// What was recorded about the lead's visit, and custom fields. The API accepts unknown keys
/// here.
#[derive(Serialize, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct LeadMetadata {
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Country. The API does not say whether this is a name or a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Code of the country, in the example of two letters.
    #[serde(rename = "countryCode", skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    /// When the consent on data was accepted. The API does not say what it covers, nor whether
    /// absent means refused.
    #[serde(rename = "dataConsentAcceptedAt", skip_serializing_if = "Option::is_none")]
    pub data_consent_accepted_at: Option<DateTime<Utc>>,
    /// Google display ads click id (Campaign Manager 360, Display & Video 360).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dclid: Option<String>,
    /// Pinterest click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epik: Option<String>,
    /// Meta (Facebook, Instagram) click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fbclid: Option<String>,
    /// Google Ads `gad_source`, a code for the kind of ad traffic.
    #[serde(rename = "gadSource", skip_serializing_if = "Option::is_none")]
    pub gad_source: Option<String>,
    /// Google Ads click id for iOS, made for conversions in an app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gbraid: Option<String>,
    /// Google Ads click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gclid: Option<String>,
    /// Which Google system made the `gclid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gclsrc: Option<String>,
    /// A click id by its name. The API does not say of which platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hyclid: Option<String>,
    /// IP address. The API does not say whether IPv4 only.
    #[serde(rename = "ipAddress", skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<String>,
    /// Language, in the example a tag of language and country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Latitude. The API does not say how exact it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    /// LinkedIn click id (`li_fat_id`).
    #[serde(rename = "liFatId", skip_serializing_if = "Option::is_none")]
    pub li_fat_id: Option<String>,
    /// Longitude. The API does not say how exact it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    /// Microsoft Advertising (Bing) click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msclkid: Option<String>,
    /// A partner. The API does not say whether this is a name or an ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// Reddit click id (`rdt_cid`).
    #[serde(rename = "rdtCid", skip_serializing_if = "Option::is_none")]
    pub rdt_cid: Option<String>,
    /// A referral mark. The API does not say what it holds; it may name a person.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub ref_: Option<String>,
    /// URL of the referring page. The API does not say how this relates to `source.referrer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// Region. The API does not say whether this is a name or a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Snapchat click id (`ScCid`).
    #[serde(rename = "scCid", skip_serializing_if = "Option::is_none")]
    pub sc_cid: Option<String>,
    /// Height of the screen. The API does not give the unit.
    #[serde(rename = "screenHeight", skip_serializing_if = "Option::is_none")]
    pub screen_height: Option<i64>,
    /// Width of the screen. The API does not give the unit.
    #[serde(rename = "screenWidth", skip_serializing_if = "Option::is_none")]
    pub screen_width: Option<i64>,
    /// Code of a setter. The API does not say who a setter is, nor who sets the code.
    #[serde(rename = "setterCode", skip_serializing_if = "Option::is_none")]
    pub setter_code: Option<String>,
    /// TikTok click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttclid: Option<String>,
    /// X (Twitter) click id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twclid: Option<String>,
    /// User agent, the text by which a browser names itself.
    #[serde(rename = "userAgent", skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// UTM campaign, the name of the campaign.
    #[serde(rename = "utmCampaign", skip_serializing_if = "Option::is_none")]
    pub utm_campaign: Option<String>,
    /// UTM content, which tells ads or links of one campaign apart.
    #[serde(rename = "utmContent", skip_serializing_if = "Option::is_none")]
    pub utm_content: Option<String>,
    /// UTM ID, the ID of the campaign.
    #[serde(rename = "utmId", skip_serializing_if = "Option::is_none")]
    pub utm_id: Option<String>,
    /// UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
    #[serde(rename = "utmMedium", skip_serializing_if = "Option::is_none")]
    pub utm_medium: Option<String>,
    /// UTM source, the site or service that sent the visitor.
    #[serde(rename = "utmSource", skip_serializing_if = "Option::is_none")]
    pub utm_source: Option<String>,
    /// UTM term, the keyword that was paid for.
    #[serde(rename = "utmTerm", skip_serializing_if = "Option::is_none")]
    pub utm_term: Option<String>,
    /// Google Ads click id for iOS, made for conversions on the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wbraid: Option<String>,
    /// Click id of Yandex Direct; Yahoo Japan uses the same name. The API does not say which one
    /// is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yclid: Option<String>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(LeadMetadata {
    optional city "city",
    optional country "country",
    optional country_code "countryCode",
    optional data_consent_accepted_at "dataConsentAcceptedAt",
    optional dclid "dclid",
    optional epik "epik",
    optional fbclid "fbclid",
    optional gad_source "gadSource",
    optional gbraid "gbraid",
    optional gclid "gclid",
    optional gclsrc "gclsrc",
    optional hyclid "hyclid",
    optional ip_address "ipAddress",
    optional language "language",
    optional latitude "latitude",
    optional li_fat_id "liFatId",
    optional longitude "longitude",
    optional msclkid "msclkid",
    optional partner "partner",
    optional rdt_cid "rdtCid",
    optional ref_ "ref",
    optional referrer "referrer",
    optional region "region",
    optional sc_cid "scCid",
    optional screen_height "screenHeight",
    optional screen_width "screenWidth",
    optional setter_code "setterCode",
    optional ttclid "ttclid",
    optional twclid "twclid",
    optional user_agent "userAgent",
    optional utm_campaign "utmCampaign",
    optional utm_content "utmContent",
    optional utm_id "utmId",
    optional utm_medium "utmMedium",
    optional utm_source "utmSource",
    optional utm_term "utmTerm",
    optional wbraid "wbraid",
    optional yclid "yclid",
    ..extra
});

impl fmt::Debug for LeadMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadMetadata")
            .field("city", &self.city.as_ref().map(|_| Redacted))
            .field("country", &self.country)
            .field("country_code", &self.country_code)
            .field("data_consent_accepted_at", &self.data_consent_accepted_at)
            .field("dclid", &self.dclid.as_ref().map(|_| Redacted))
            .field("epik", &self.epik.as_ref().map(|_| Redacted))
            .field("fbclid", &self.fbclid.as_ref().map(|_| Redacted))
            .field("gad_source", &self.gad_source)
            .field("gbraid", &self.gbraid.as_ref().map(|_| Redacted))
            .field("gclid", &self.gclid.as_ref().map(|_| Redacted))
            .field("gclsrc", &self.gclsrc)
            .field("hyclid", &self.hyclid.as_ref().map(|_| Redacted))
            .field("ip_address", &self.ip_address.as_ref().map(|_| Redacted))
            .field("language", &self.language)
            .field("latitude", &self.latitude.as_ref().map(|_| Redacted))
            .field("li_fat_id", &self.li_fat_id.as_ref().map(|_| Redacted))
            .field("longitude", &self.longitude.as_ref().map(|_| Redacted))
            .field("msclkid", &self.msclkid.as_ref().map(|_| Redacted))
            .field("partner", &self.partner.as_ref().map(|_| Redacted))
            .field("rdt_cid", &self.rdt_cid.as_ref().map(|_| Redacted))
            .field("ref_", &self.ref_.as_ref().map(|_| Redacted))
            .field("referrer", &self.referrer.as_ref().map(|_| Redacted))
            .field("region", &self.region.as_ref().map(|_| Redacted))
            .field("sc_cid", &self.sc_cid.as_ref().map(|_| Redacted))
            .field("screen_height", &self.screen_height)
            .field("screen_width", &self.screen_width)
            .field("setter_code", &self.setter_code)
            .field("ttclid", &self.ttclid.as_ref().map(|_| Redacted))
            .field("twclid", &self.twclid.as_ref().map(|_| Redacted))
            .field("user_agent", &self.user_agent.as_ref().map(|_| Redacted))
            .field("utm_campaign", &self.utm_campaign)
            .field("utm_content", &self.utm_content)
            .field("utm_id", &self.utm_id)
            .field("utm_medium", &self.utm_medium)
            .field("utm_source", &self.utm_source)
            .field("utm_term", &self.utm_term)
            .field("wbraid", &self.wbraid.as_ref().map(|_| Redacted))
            .field("yclid", &self.yclid.as_ref().map(|_| Redacted))
            .field("extra", &self.extra)
            .finish()
    }
}

impl LeadMetadata {
    /// Every field is absent.
    pub fn new() -> Self {
        Self::default()
    }
}

/// A note on a lead.
#[derive(Serialize, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct LeadNote {
    /// Text of the note. The API does not say whether it can hold markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// When the note was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<Utc>>,
    /// User the note belongs to; user ids look like `user_…`. The API does not say whether this
    /// is always the note's author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(LeadNote {
    optional content "content",
    optional created_at "created_at",
    optional user_id "user_id",
    ..extra
});

impl fmt::Debug for LeadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadNote")
            .field("content", &self.content.as_ref().map(|_| Redacted))
            .field("created_at", &self.created_at)
            .field("user_id", &self.user_id)
            .field("extra", &self.extra)
            .finish()
    }
}

impl LeadNote {
    /// Every field is absent.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Where the lead came from.
#[derive(Serialize, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct LeadSource {
    /// URL of the referring page. The API does not say how this relates to `metadata.referrer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer: Option<String>,
    /// UTM campaign, the name of the campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_campaign: Option<String>,
    /// UTM content, which tells ads or links of one campaign apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_content: Option<String>,
    /// UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_medium: Option<String>,
    /// UTM source, the site or service that sent the visitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_source: Option<String>,
    /// UTM term, the keyword that was paid for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_term: Option<String>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(LeadSource {
    optional referrer "referrer",
    optional utm_campaign "utm_campaign",
    optional utm_content "utm_content",
    optional utm_medium "utm_medium",
    optional utm_source "utm_source",
    optional utm_term "utm_term",
    ..extra
});

impl fmt::Debug for LeadSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LeadSource")
            .field("referrer", &self.referrer.as_ref().map(|_| Redacted))
            .field("utm_campaign", &self.utm_campaign)
            .field("utm_content", &self.utm_content)
            .field("utm_medium", &self.utm_medium)
            .field("utm_source", &self.utm_source)
            .field("utm_term", &self.utm_term)
            .field("extra", &self.extra)
            .finish()
    }
}

impl LeadSource {
    /// Every field is absent.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The field whose value disqualified a lead. The API does not say whether it is a field of
/// the lead or of a form.
#[derive(Serialize, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct TriggeringField {
    /// Key of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Label of the field, as people see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Value of the field, any JSON value. The API does not say of which type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Json>,
    /// Members that the contract doesn't name, as sent: custom fields, and those that the service
    /// has added since.
    #[serde(flatten)]
    pub extra: Extra,
}

object!(TriggeringField {
    optional key "key",
    optional label "label",
    optional value "value",
    ..extra
});

impl fmt::Debug for TriggeringField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TriggeringField")
            .field("key", &self.key)
            .field("label", &self.label)
            .field("value", &self.value.as_ref().map(|_| Redacted))
            .field("extra", &self.extra)
            .finish()
    }
}

impl TriggeringField {
    /// Every field is absent.
    pub fn new() -> Self {
        Self::default()
    }
}
