//! Entries of `waivers.json` written into the file, which is left as it is otherwise.

use super::fault::{Page, Sink};
use super::folder::{Folder, Role};
use super::json::{self, Kind as Json, Node};
use super::text::Text;
use super::texts::inner;
use crate::span::Span;

/// An entry of `waivers.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverEntry {
    /// The finding that it waives.
    pub finding: String,
    /// The claims of the finding.
    pub claims: Vec<String>,
    /// The entry, as JSON whose first line is not indented and whose others are as if it stood at the margin.
    pub text: String,
}

/// `waivers.json` with these entries: each in the place of the first entry about the same finding and claims, or behind the last one.
///
/// All else stays byte for byte: the order, the layout, the ends of lines. Where there is no such file, `before` is none and
/// `after` is a new one, which names its JSON Schema if `schema` says where that is. The folder is one that was loaded without a fault.
pub fn record_waivers(folder: &Folder, entries: &[WaiverEntry], schema: Option<&str>) -> Recorded {
    let file = folder.files().into_iter().find(|file| file.role == Role::Waivers);
    let path = file.map_or_else(|| format!("{}waivers.json", folder.root), |file| file.path.clone());
    let Some(before) = file.and_then(|file| file.bytes.clone()) else {
        let entries: Vec<String> = entries.iter().map(|entry| indented(&entry.text, "    ", "\n")).collect();
        let schema = schema.map(|schema| format!("  \"$schema\": \"{schema}\",\n")).unwrap_or_default();
        let after = format!("{{\n{schema}  \"waivers\": [\n    {}\n  ]\n}}\n", entries.join(",\n    "));
        return Recorded { path, before: None, after: after.into_bytes() };
    };
    let mut text = String::from_utf8_lossy(&before).into_owned();
    for entry in entries {
        text = with(&text, entry);
    }
    Recorded { path, before: Some(before), after: text.into_bytes() }
}

/// `waivers.json` before and after entries were written into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its path, as faults show it.
    pub path: String,
    /// What was read; none where there was no such file.
    pub before: Option<Vec<u8>>,
    /// What is to be written.
    pub after: Vec<u8>,
}

fn with(text: &str, entry: &WaiverEntry) -> String {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some(Places { list, entries }) = places(text) else { return text.to_owned() };
    let same = entries.iter().find(|(about, _)| *about == (entry.finding.clone(), sorted(entry.claims.clone())));
    let (span, written) = match (same, entries.last()) {
        (Some((_, span)), _) => (span.clone(), indented(&entry.text, indent(text, span.start), line_break)),
        (None, Some((_, last))) => {
            let margin = indent(text, last.start);
            // Entries on one line stay on one line.
            let own_line = text.get(..last.start).unwrap_or_default().trim_end_matches([' ', '\t']).ends_with('\n');
            let gap = if own_line { format!(",{line_break}{margin}") } else { ", ".to_owned() };
            (last.end..last.end, gap + &indented(&entry.text, margin, line_break))
        }
        (None, None) => {
            let outer = indent(text, list.start);
            let margin = format!("{outer}  ");
            let inside = indented(&entry.text, &margin, line_break);
            (list, format!("[{line_break}{margin}{inside}{line_break}{outer}]"))
        }
    };
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    format!("{before}{written}{after}")
}

/// Where the list of a file of waivers stands, and each of its entries.
struct Places {
    list: Span,
    entries: Vec<(About, Span)>,
}

/// The finding that an entry names, and its claims, sorted.
type About = (String, Vec<String>);

fn sorted(mut claims: Vec<String>) -> Vec<String> {
    claims.sort();
    claims
}

fn places(text: &str) -> Option<Places> {
    // OK because the file was read without a fault before; what is reported here is nothing new.
    let sink = Sink::default();
    let text = Text::new("", text);
    let root = json::parse(Page { text: &text, sink: &sink })?;
    let node = inner(&root, "waivers")?;
    let Json::Array(items) = &node.kind else { return None };
    let text = |node: &Node<'_>| match &node.kind {
        Json::String(text) => Some(text.to_string()),
        _ => None,
    };
    let about = |item: &Node<'_>| -> About {
        let claims = match inner(item, "claims").map(|node| &node.kind) {
            Some(Json::Array(claims)) => claims.iter().filter_map(text).collect(),
            _ => Vec::new(),
        };
        (inner(item, "finding").and_then(text).unwrap_or_default(), sorted(claims))
    };
    Some(Places {
        list: node.span.clone(),
        entries: items.iter().map(|item| (about(item), item.span.clone())).collect(),
    })
}

/// The white space at the beginning of the line in which a place is.
fn indent(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(line..).unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

fn indented(entry: &str, margin: &str, line_break: &str) -> String {
    entry.lines().collect::<Vec<_>>().join(&format!("{line_break}{margin}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(finding: &str) -> WaiverEntry {
        WaiverEntry {
            finding: finding.to_owned(),
            claims: Vec::new(),
            text: format!("{{\n  \"finding\": \"{finding}\"\n}}"),
        }
    }

    fn recorded(before: &str, finding: &str) -> String {
        let folder = Folder::from_files([("waivers.json", before)]);
        String::from_utf8(record_waivers(&folder, &[entry(finding)], None).after).unwrap()
    }

    #[test]
    fn a_new_entry_goes_behind_the_last() {
        let before = "{ \"waivers\": [\n\t{ \"finding\":  \"a\" },\n\n\t{\"finding\":\"b\"}\n ] }\n";
        let after = "{ \"waivers\": [\n\t{ \"finding\":  \"a\" },\n\n\t{\"finding\":\"b\"},\n\t{\n\t  \"finding\": \"c\"\n\t}\n ] }\n";
        assert_eq!(recorded(before, "c"), after, "and all else stays");
    }

    #[test]
    fn an_entry_about_the_same_finding_is_replaced_in_its_place() {
        let before = "{\"waivers\":[\r\n  {\"finding\":\"a\"},\r\n  {\"finding\":\"b\"}]}";
        let after = "{\"waivers\":[\r\n  {\r\n    \"finding\": \"a\"\r\n  },\r\n  {\"finding\":\"b\"}]}";
        assert_eq!(recorded(before, "a"), after, "with the file's own ends of lines");
    }

    #[test]
    fn an_empty_list_and_a_missing_file_get_a_first_entry() {
        let list = "{\n  \"waivers\": [\n    {\n      \"finding\": \"a\"\n    }\n  ]\n}\n";
        assert_eq!(recorded("{\n  \"waivers\": [ ]\n}\n", "a"), list);
        let none = record_waivers(&Folder::from_files([("codebook.json", "{}")]), &[entry("a")], None);
        assert_eq!((none.path.as_str(), none.before), ("waivers.json", None));
        assert_eq!(String::from_utf8(none.after).unwrap(), list);
    }

    #[test]
    fn entries_on_one_line_stay_there() {
        let before = "{\"waivers\": [{\"finding\": \"a\"}]}";
        assert_eq!(recorded(before, "b"), "{\"waivers\": [{\"finding\": \"a\"}, {\n  \"finding\": \"b\"\n}]}");
    }
}
