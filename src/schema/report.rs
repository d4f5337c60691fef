//! The JSON report.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::report::Report;

/// The schema of the JSON report, from the types that write it.
///
/// It takes keys that it does not name: a later version may add some and stay readable for programs of today.
pub(super) fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = Value::from(generator.into_root_schema_for::<Report>());
    plain(&mut schema);
    if let Value::Object(keys) = &mut schema {
        keys.insert("title".to_owned(), "gainsay: JSON report".into());
    }
    schema
}

/// Takes the marks of links in comments out of descriptions.
fn plain(value: &mut Value) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys.iter_mut() {
                match value {
                    Value::String(text) if key == "description" => *text = text.replace("[`", "`").replace("`]", "`"),
                    value => plain(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}
