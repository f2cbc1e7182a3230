use serde_json::{Number, Value};

use crate::problem::InputFault;

/// Looks at every text and number of a parsed body. A NUL is refused, since PostgreSQL cannot store one; a whole
/// number written as `1.0` becomes `1`, as JSON Schema sees it.
pub(super) fn tidy(value: &mut Value, path: &str, faults: &mut Vec<InputFault>) {
    match value {
        Value::String(text) if text.contains('\0') => faults.push(nul(path)),
        Value::Number(number) => {
            if let Some(whole) = whole(number) {
                *number = whole;
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                tidy(item, &format!("{path}/{place}"), faults);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let inner = format!("{path}/{}", name.replace('~', "~0").replace('/', "~1"));
                if name.contains('\0') {
                    faults.push(nul(path));
                }
                tidy(member, &inner, faults);
            }
        }
        _ => {}
    }
}

fn nul(path: &str) -> InputFault {
    InputFault::at(path, "invalid_characters", "must not contain the character NUL")
}

/// Exactly representable whole numbers only.
fn whole(number: &Number) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value = number.as_f64().filter(|_| number.is_f64())?;
    if value.fract() != 0.0 || value.abs() > EXACT {
        return None;
    }
    format!("{value:.0}").parse::<i64>().ok().map(Number::from)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_nul_is_found_and_whole_numbers_are_whole() {
        let mut faults = Vec::new();
        let mut value =
            json!({"a": ["ok", "x\0"], "b/c": "\0", "n": 1.0, "f": 1.5, "big": 1e300, "neg": -0.0});
        tidy(&mut value, "", &mut faults);
        let places: Vec<_> = faults.iter().map(|fault| json!(fault)["pointer"].clone()).collect();
        assert_eq!(places, ["#/a/1", "#/b~1c"]);
        assert_eq!(value["n"].as_i64(), Some(1));
        assert_eq!((value["f"].as_f64(), value["neg"].as_i64()), (Some(1.5), Some(0)));
        assert!(value["big"].is_f64());
    }
}
