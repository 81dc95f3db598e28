use serde_json::Value;

/// The schema of the record as JSON Schema.
pub const SCHEMA: &str = include_str!("../../../schema/dragoman-1.schema.json");

/// Where a record departs from the schema.
///
/// # Panics
/// If the schema itself cannot be read.
pub fn check_schema(record: &Value) -> Vec<String> {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    validator.iter_errors(record).map(|fault| format!("{}: {fault}", fault.instance_path)).collect()
}
