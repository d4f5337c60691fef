//! The part of SARIF's object model that gainsay writes, under the names of the specification.

use serde::Serialize;

use crate::report::Verdict;

/// `sarifLog`, section 3.13.
#[derive(Serialize)]
pub(super) struct Log<'r> {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) version: &'static str,
    pub(super) runs: [Run<'r>; 1],
}

/// `run`, section 3.14.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run<'r> {
    pub(super) tool: Tool<'r>,
    pub(super) invocations: [Invocation; 1],
    pub(super) column_kind: &'static str,
    pub(super) results: Vec<SarifResult<'r>>,
}

/// `tool`, section 3.18.
#[derive(Serialize)]
pub(super) struct Tool<'r> {
    pub(super) driver: Driver<'r>,
}

/// `toolComponent`, section 3.19.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'r> {
    pub(super) name: &'r str,
    pub(super) version: &'r str,
    pub(super) semantic_version: &'r str,
    pub(super) rules: Vec<Descriptor>,
    pub(super) notifications: Vec<Descriptor>,
}

/// `reportingDescriptor`, section 3.49.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    pub(super) id: &'static str,
    pub(super) short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) help: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default_configuration: Option<Configuration>,
}

impl Descriptor {
    /// What a notification is about.
    pub(super) fn of_notification(id: &'static str, text: &str) -> Self {
        let short_description = Text { text: text.to_owned(), markdown: None };
        Self { id, short_description, full_description: None, help: None, default_configuration: None }
    }
}

/// `reportingConfiguration`, section 3.50.
#[derive(Clone, Serialize)]
pub(super) struct Configuration {
    pub(super) level: Level,
}

/// `multiformatMessageString`, section 3.12.
#[derive(Clone, Serialize)]
pub(super) struct Text {
    pub(super) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) markdown: Option<&'static str>,
}

/// How bad, section 3.27.10.
#[derive(Copy, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Error,
    Warning,
    Note,
}

/// `result`, section 3.27.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'r> {
    pub(super) rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: Level,
    pub(super) message: Message,
    pub(super) locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    pub(super) partial_fingerprints: Fingerprints<'r>,
    pub(super) suppressions: Vec<Suppression>,
    pub(super) properties: Properties<'r>,
}

/// By what a finding is known again, section 3.27.17.
///
/// GitHub's code scanning knows results by the second key only, and would otherwise make a hash of the line of the first
/// claim: findings that begin with the same claim would be mixed up.
#[derive(Serialize)]
pub(super) struct Fingerprints<'r> {
    #[serde(rename = "gainsayFinding/v1")]
    pub(super) finding: &'r str,
    #[serde(rename = "primaryLocationLineHash")]
    pub(super) line_hash: &'r str,
}

/// What gainsay says of a finding and SARIF has no word for, section 3.8.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Properties<'r> {
    pub(super) verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reading: Option<&'static str>,
    pub(super) parties: &'static str,
    pub(super) group: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) folded_under: Option<&'r str>,
}

/// `message`, section 3.11.
///
/// Braces are not doubled, as placeholders would want it: no message has arguments, and viewers show what stands there.
#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

/// `location`, section 3.28.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<u32>,
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

/// `physicalLocation`, section 3.29.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

/// `artifactLocation`, section 3.4.
#[derive(Serialize)]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
}

/// `region`, section 3.30.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u32,
    pub(super) start_column: u32,
}

/// `suppression`, section 3.35.
#[derive(Serialize)]
pub(super) struct Suppression {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) justification: String,
    pub(super) location: Location,
}

/// `invocation`, section 3.20.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
    pub(super) tool_execution_notifications: Vec<Notification>,
}

/// `notification`, section 3.58.
#[derive(Serialize)]
pub(super) struct Notification {
    pub(super) descriptor: DescriptorReference,
    pub(super) level: Level,
    pub(super) message: Message,
}

/// `reportingDescriptorReference`, section 3.52.
#[derive(Serialize)]
pub(super) struct DescriptorReference {
    pub(super) id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) index: Option<usize>,
}
