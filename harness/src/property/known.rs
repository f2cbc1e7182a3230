//! Ids that exist: whatever the lists of the document show to the caller.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::{Document, Operation};
use crate::{Call, Client, Outcome};

/// Values by the place that takes them: the path up to its parameter, as in `/api/v1/tickets/{id}/comments`.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(BTreeMap<String, Vec<String>>);

/// A parameter of a path, with what may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// `commentId`.
    pub(super) parameter: String,
    /// What shows its values: the path before it.
    collection: String,
}

/// The parameters of a path, from left to right.
pub(super) fn places(path: &str) -> Vec<Place> {
    let starts = path.match_indices("/{").map(|(start, _)| start);
    let place = |start: usize| {
        let (collection, rest) = path.split_at_checked(start)?;
        let parameter = rest.trim_start_matches("/{").split('}').next()?;
        Some(Place { parameter: parameter.to_owned(), collection: collection.to_owned() })
    };
    starts.filter_map(place).collect()
}

impl Known {
    /// Reads every list that has something below it, outer ones first. A list nobody can read shows nothing.
    pub(super) async fn to(client: &Client, token: &str, document: &Document) -> Outcome<Self> {
        let mut known = Self::default();
        let mut all: Vec<Place> = document.operations.iter().flat_map(|one| places(&one.path)).collect();
        all.sort_by_cached_key(|place| (place.collection.len(), place.collection.clone()));
        all.dedup_by(|one, other| one.collection == other.collection);
        for place in all {
            let Some(path) = known.filled(&place.collection) else { continue };
            if !document.operations.iter().any(|one| one.method == "GET" && one.path == place.collection) {
                continue;
            }
            let path = path.strip_prefix("/api/v1").unwrap_or(&path);
            let answer = client.send(&Call::get(path).token(token)).await?;
            let rows = answer.items().unwrap_or_default().iter();
            let values = rows.filter_map(|row| value(row, &place.parameter)).collect();
            known.0.insert(place.collection, values);
        }
        Ok(known)
    }

    /// What may stand in the parameters of an operation.
    pub(super) fn of(&self, operation: &Operation) -> Vec<(String, &[String])> {
        let values = |place: Place| {
            let values = self.0.get(&place.collection).filter(|values| !values.is_empty())?;
            Some((place.parameter, values.as_slice()))
        };
        places(&operation.path).into_iter().filter_map(values).collect()
    }

    /// A path whose parameters are the first values known.
    fn filled(&self, path: &str) -> Option<String> {
        let mut filled = path.to_owned();
        for place in places(path) {
            let value = self.0.get(&place.collection)?.first()?;
            filled = filled.replacen(&format!("{{{}}}", place.parameter), value, 1);
        }
        Some(filled)
    }
}

fn value(row: &Value, parameter: &str) -> Option<String> {
    let value = row.get(parameter).or_else(|| row.get("id")).and_then(Value::as_str);
    value.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_parameter_has_the_path_before_it_for_its_list() {
        let place = |parameter: &str, collection: &str| Place {
            parameter: parameter.to_owned(),
            collection: collection.to_owned(),
        };
        let found = places("/tickets/{id}/comments/{commentId}/revisions");
        assert_eq!(found, [place("id", "/tickets"), place("commentId", "/tickets/{id}/comments")]);
        assert_eq!(places("/tickets"), []);
    }

    #[test]
    fn the_first_of_a_list_leads_to_what_is_below_it() {
        let known = Known([("/tickets".to_owned(), vec!["7".to_owned(), "8".to_owned()])].into());
        assert_eq!(known.filled("/tickets/{id}/comments").as_deref(), Some("/tickets/7/comments"));
        assert_eq!(known.filled("/roles/{id}/people"), None);
        assert_eq!(known.filled("/roles").as_deref(), Some("/roles"));
    }

    #[test]
    fn rows_name_themselves_by_the_parameter_or_by_id() {
        let row = json!({"id": "1", "userId": "2"});
        assert_eq!(value(&row, "userId").as_deref(), Some("2"));
        assert_eq!(value(&row, "commentId").as_deref(), Some("1"));
        assert_eq!(value(&json!({"name": "x"}), "id"), None);
    }
}
