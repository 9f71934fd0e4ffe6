#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///How a lead came to be disqualified.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct DisqualificationData {
        ///ID of a booking link. The API does not say in which form.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub booking_link_id: ::std::option::Option<::std::string::String>,
        ///When the lead was evaluated. The API does not say in which form.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub evaluated_at: ::std::option::Option<::std::string::String>,
        ///The field whose value disqualified the lead.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub triggering_field: ::std::option::Option<TriggeringField>,
    }

    ///The body of every error.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct ErrorResponse {
        ///What went wrong, in a word for programs. The API publishes no list
        /// of codes.
        pub code: ::std::string::String,
        ///What went wrong, in words for people. They may name one.
        pub error: ::std::string::String,
        ///ID of the request, to quote when reporting a problem. Can be absent.
        #[serde(
            rename = "requestId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub request_id: ::std::option::Option<::std::string::String>,
        ///False in an error.
        pub success: bool,
    }

    ///A successful answer, with the lead inside.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct GetLeadResponse {
        pub data: Lead,
        ///True in a successful answer.
        pub success: bool,
    }

    ///A lead: who it is, how to reach it, where it stands, what it has paid
    /// and where it came from.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug)]
    pub struct Lead {
        ///Name of the lead's company.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub company: ::std::option::Option<::std::string::String>,
        ///When the lead was created.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///How the lead came to be disqualified. The API does not say when this
        /// is present.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disqualification_data: ::std::option::Option<DisqualificationData>,
        ///E-mail address.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub email: ::std::option::Option<::std::string::String>,
        ///Full name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub full_name: ::std::option::Option<::std::string::String>,
        ///Lead ID (UUID).
        pub id: ::uuid::Uuid,
        ///When the last payment was made. The API does not say in which form.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_payment_at: ::std::option::Option<::std::string::String>,
        ///What was recorded about the lead's visit (place, device, click ids,
        /// UTM parameters), and custom fields. Older leads may hold null here.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<LeadMetadata>,
        ///Notes on the lead. The API does not say how they are ordered.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub notes: ::std::option::Option<::std::vec::Vec<LeadNote>>,
        ///Number of payments. The API does not say whether failed or refunded
        /// ones count.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub payment_count: ::std::option::Option<i64>,
        ///State of the lead's payments. The API publishes no list of values.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub payment_status: ::std::option::Option<::std::string::String>,
        ///Phone number in E.164 form.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<::std::string::String>,
        ///Referrer and UTM parameters. Older leads may hold null here.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub source: ::std::option::Option<LeadSource>,
        ///Where the lead stands. Starts as `new`; `qualified` is another
        /// value. The API publishes no list, so expect others.
        pub status: ::std::string::String,
        ///Time zone, in the example an IANA name. The API does not say whether
        /// it always is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timezone: ::std::option::Option<::std::string::String>,
        ///Total amount paid, in cents. The API does not say in which currency,
        /// nor whether refunds are taken off.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total_paid_cents: ::std::option::Option<i64>,
        ///When the lead was last updated. The API does not say which changes
        /// count as an update.
        pub updated_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }

    ///What was recorded about the lead's visit, and custom fields. The API
    /// accepts unknown keys here.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct LeadMetadata {
        ///City.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub city: ::std::option::Option<::std::string::String>,
        ///Country. The API does not say whether this is a name or a code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<::std::string::String>,
        ///Code of the country, in the example of two letters.
        #[serde(
            rename = "countryCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub country_code: ::std::option::Option<::std::string::String>,
        ///When the consent on data was accepted. The API does not say what it
        /// covers, nor whether absent means refused.
        #[serde(
            rename = "dataConsentAcceptedAt",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub data_consent_accepted_at:
            ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Google display ads click id (Campaign Manager 360, Display & Video
        /// 360).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dclid: ::std::option::Option<::std::string::String>,
        ///Pinterest click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub epik: ::std::option::Option<::std::string::String>,
        ///Meta (Facebook, Instagram) click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fbclid: ::std::option::Option<::std::string::String>,
        ///Google Ads `gad_source`, a code for the kind of ad traffic.
        #[serde(
            rename = "gadSource",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub gad_source: ::std::option::Option<::std::string::String>,
        ///Google Ads click id for iOS, made for conversions in an app.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gbraid: ::std::option::Option<::std::string::String>,
        ///Google Ads click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gclid: ::std::option::Option<::std::string::String>,
        ///Which Google system made the `gclid`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub gclsrc: ::std::option::Option<::std::string::String>,
        ///A click id by its name. The API does not say of which platform.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hyclid: ::std::option::Option<::std::string::String>,
        ///IP address. The API does not say whether IPv4 only.
        #[serde(
            rename = "ipAddress",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub ip_address: ::std::option::Option<::std::string::String>,
        ///Language, in the example a tag of language and country.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
        ///Latitude. The API does not say how exact it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub latitude: ::std::option::Option<f64>,
        ///LinkedIn click id (`li_fat_id`).
        #[serde(
            rename = "liFatId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub li_fat_id: ::std::option::Option<::std::string::String>,
        ///Longitude. The API does not say how exact it is.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub longitude: ::std::option::Option<f64>,
        ///Microsoft Advertising (Bing) click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub msclkid: ::std::option::Option<::std::string::String>,
        ///A partner. The API does not say whether this is a name or an ID.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub partner: ::std::option::Option<::std::string::String>,
        ///Reddit click id (`rdt_cid`).
        #[serde(
            rename = "rdtCid",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub rdt_cid: ::std::option::Option<::std::string::String>,
        ///A referral mark. The API does not say what it holds; it may name a
        /// person.
        #[serde(rename = "ref", skip_serializing_if = "::std::option::Option::is_none")]
        pub ref_: ::std::option::Option<::std::string::String>,
        ///URL of the referring page. The API does not say how this relates to
        /// `source.referrer`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub referrer: ::std::option::Option<::std::string::String>,
        ///Region. The API does not say whether this is a name or a code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub region: ::std::option::Option<::std::string::String>,
        ///Snapchat click id (`ScCid`).
        #[serde(
            rename = "scCid",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub sc_cid: ::std::option::Option<::std::string::String>,
        ///Height of the screen. The API does not give the unit.
        #[serde(
            rename = "screenHeight",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub screen_height: ::std::option::Option<i64>,
        ///Width of the screen. The API does not give the unit.
        #[serde(
            rename = "screenWidth",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub screen_width: ::std::option::Option<i64>,
        ///Code of a setter. The API does not say who a setter is, nor who sets
        /// the code.
        #[serde(
            rename = "setterCode",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub setter_code: ::std::option::Option<::std::string::String>,
        ///TikTok click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ttclid: ::std::option::Option<::std::string::String>,
        ///X (Twitter) click id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub twclid: ::std::option::Option<::std::string::String>,
        ///User agent, the text by which a browser names itself.
        #[serde(
            rename = "userAgent",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub user_agent: ::std::option::Option<::std::string::String>,
        ///UTM campaign, the name of the campaign.
        #[serde(
            rename = "utmCampaign",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_campaign: ::std::option::Option<::std::string::String>,
        ///UTM content, which tells ads or links of one campaign apart.
        #[serde(
            rename = "utmContent",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_content: ::std::option::Option<::std::string::String>,
        ///UTM ID, the ID of the campaign.
        #[serde(
            rename = "utmId",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_id: ::std::option::Option<::std::string::String>,
        ///UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
        #[serde(
            rename = "utmMedium",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_medium: ::std::option::Option<::std::string::String>,
        ///UTM source, the site or service that sent the visitor.
        #[serde(
            rename = "utmSource",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_source: ::std::option::Option<::std::string::String>,
        ///UTM term, the keyword that was paid for.
        #[serde(
            rename = "utmTerm",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub utm_term: ::std::option::Option<::std::string::String>,
        ///Google Ads click id for iOS, made for conversions on the web.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wbraid: ::std::option::Option<::std::string::String>,
        ///Click id of Yandex Direct; Yahoo Japan uses the same name. The API
        /// does not say which one is meant.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub yclid: ::std::option::Option<::std::string::String>,
    }

    ///A note on a lead.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct LeadNote {
        ///Text of the note. The API does not say whether it can hold markup.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub content: ::std::option::Option<::std::string::String>,
        ///When the note was created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///User the note belongs to; user ids look like `user_…`. The API does
        /// not say whether this is always the note's author.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user_id: ::std::option::Option<::std::string::String>,
    }

    ///Where the lead came from.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct LeadSource {
        ///URL of the referring page. The API does not say how this relates to
        /// `metadata.referrer`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub referrer: ::std::option::Option<::std::string::String>,
        ///UTM campaign, the name of the campaign.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub utm_campaign: ::std::option::Option<::std::string::String>,
        ///UTM content, which tells ads or links of one campaign apart.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub utm_content: ::std::option::Option<::std::string::String>,
        ///UTM medium, the kind of link, such as `cpc` (paid click) or `email`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub utm_medium: ::std::option::Option<::std::string::String>,
        ///UTM source, the site or service that sent the visitor.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub utm_source: ::std::option::Option<::std::string::String>,
        ///UTM term, the keyword that was paid for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub utm_term: ::std::option::Option<::std::string::String>,
    }

    ///The field whose value disqualified a lead. The API does not say whether
    /// it is a field of the lead or of a form.
    #[derive(:: serde :: Deserialize, :: serde :: Serialize, Clone, Debug, Default)]
    pub struct TriggeringField {
        ///Key of the field.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub key: ::std::option::Option<::std::string::String>,
        ///Label of the field, as people see it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub label: ::std::option::Option<::std::string::String>,
        ///Value of the field, any JSON value. The API does not say of which
        /// type.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub value: ::std::option::Option<::serde_json::Value>,
    }

    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for ConversionError {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }

        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}

#[derive(Clone, Debug)]
///Client for Aura API
///
///The part of the Aura API that this client covers: reading one lead.
///
///Fields may be added, removed, set to null or given another type without
/// notice. Only the fields marked as required are relied on.
///
///Version: 1.2.0
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}

impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new()
                .connect_timeout(dur)
                .timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap())
    }

    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}

impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "1.2.0"
    }

    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }

    fn client(&self) -> &reqwest::Client {
        &self.client
    }

    fn inner(&self) -> &() {
        &()
    }
}

impl ClientHooks<()> for &Client {}
#[allow(clippy::all)]
impl Client {
    ///Get lead by ID
    ///
    ///Retrieve detailed information about a specific lead.
    ///
    ///Use cases:
    ///
    /// - Display lead details in external applications
    /// - Fetch lead data for commission calculations
    /// - Verify lead ownership before processing
    ///
    ///The response includes all lead fields (contact info, status, notes),
    /// timestamps (created, updated) and custom fields.
    ///
    ///A lead of another organization is answered like one that does not exist:
    /// 404.
    ///
    ///Sends a `GET` request to `/v1/leads/{id}`
    ///
    ///Arguments:
    /// - `id`: Lead ID (UUID).
    pub async fn get_lead<'a>(
        &'a self,
        id: &'a ::uuid::Uuid,
    ) -> Result<ResponseValue<types::GetLeadResponse>, Error<()>> {
        let url = format!("{}/v1/leads/{}", self.baseurl, encode_path(&id.to_string()),);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map.append(
            ::reqwest::header::HeaderName::from_static("api-version"),
            ::reqwest::header::HeaderValue::from_static(Self::api_version()),
        );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_lead",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}

/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
