use super::*;

#[derive(Serialize)]
struct Waiver {
    finding: &'static str,
    rule: &'static str,
    claims: [&'static str; 2],
    says: &'static str,
    reason: &'static str,
    until: Option<&'static str>,
}

#[test]
fn an_entry_is_laid_out_as_it_stands_in_its_list() {
    let waiver = Waiver {
        finding: "disagreement-aaaa",
        rule: "disagreement",
        claims: ["a/x", "b/y"],
        says: "sha256:0",
        reason: "an \"older\" edition",
        until: None,
    };
    let entry = entry(&waiver, 4).unwrap();
    let expected = r#"{
      "finding": "disagreement-aaaa", "rule": "disagreement",
      "claims": ["a/x", "b/y"],
      "says": "sha256:0",
      "reason": "an \"older\" edition",
      "until": null
    }"#;
    assert_eq!(entry, expected);
    let file = format!("{{\n  \"waivers\": [\n    {entry}\n  ]\n}}\n");
    assert_eq!(text("waivers.json", &file).unwrap(), file, "and stays so when its file is laid out");
    let omission = serde_json::json!({ "lines": [1, 2], "reason": "heading", "source": "a" });
    assert_eq!(super::entry(&omission, 4).unwrap(), r#"{ "lines": [1, 2], "reason": "heading", "source": "a" }"#);
}

#[test]
fn keys_that_belong_together_share_lines_and_their_order_stays() {
    let claim = r#"{"source":{"id":"a"},"claims":[{"note":"n","id":"x","quote":"q","line":1,
        "period":"2022","measure":"m","value":{"at_least":1e3},"voice":"reports","unit":"u"}]}"#;
    let expected = r#"{
  "source": {
    "id": "a"
  },
  "claims": [
    {
      "note": "n",
      "id": "x",
      "quote": "q", "line": 1,
      "period": "2022", "measure": "m", "value": { "at_least": 1e3 },
      "voice": "reports",
      "unit": "u"
    }
  ]
}
"#;
    assert_eq!(text("a.json", claim).unwrap(), expected);
}

/// At exactly 120 characters, the comma counted, a value still shares its line; at 121 it does not.
#[test]
fn a_line_holds_what_it_can() {
    let with = |letters: usize| {
        let book = format!(r#"{{"measures":{{"m":{{"unit":"{}"}},"n":{{}}}}}}"#, "é".repeat(letters));
        text("codebook.json", &book).unwrap()
    };
    // `    "m": { "unit": "…" },`
    let beside = "    \"m\": { \"unit\": \"\" },".len();
    assert_eq!(with(120 - beside).lines().nth(2).unwrap().chars().count(), 120);
    assert_eq!(with(121 - beside).lines().nth(2).unwrap(), "    \"m\": {");
}

#[test]
fn numbers_and_escapes_stay_as_they_are_written() {
    let values = r#"["\u00e9\/\t", 1e3, 1.50, -0, 1E+2, 123456789012345678901234567890.0, [ ], { }, null]"#;
    let file = text("f.json", &format!("{{ \"x\": {values} }}")).unwrap();
    assert_eq!(file, format!("{{\n  \"x\": {}\n}}\n", values.replace("[ ]", "[]").replace("{ }", "{}")));
}

#[test]
fn faults_of_the_text_are_told_and_those_of_its_meaning_are_not() {
    let faults = |file: &str| text("f.json", file).map_err(|faults| faults.to_string());
    assert!(faults(r#"{"claims": [{"id": "a", "x": {"b": 1, "b": 2}}]}"#).unwrap_err().contains("duplicate-key"));
    assert!(faults(r#"{"source": }"#).unwrap_err().contains("syntax"));
    assert!(faults(r#"{"x": "\ud800"}"#).unwrap_err().contains("syntax"));
    assert!(faults(&format!("{}{}", "[".repeat(40), "]".repeat(40))).unwrap_err().contains("too-deep"));
    assert!(faults(r#"{"nonsense": {"place": 3}}"#).is_ok());
    assert_eq!(faults("7").unwrap(), "7\n");
}

#[test]
fn all_faults_of_all_files_are_told_in_one_run() {
    let files = [("codebook.json", "{"), ("sources/a.json", "{\"a\": 1, \"a\": 2}"), ("waivers.json", "[1,]")];
    let faults = folder(&Folder::from_files(files)).unwrap_err();
    let told: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.path.as_str(), fault.code.name())).collect();
    assert_eq!(told, [("codebook.json", "syntax"), ("sources/a.json", "duplicate-key"), ("waivers.json", "syntax")]);
}
