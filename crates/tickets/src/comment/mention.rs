use std::collections::BTreeSet;

use kernel::UserId;

use crate::Markdown;

/// Everybody who is spoken to: each `@[name](user id)`, once, in order of first mention. The name is for readers;
/// the id alone counts.
pub(crate) fn mentions(body: &Markdown) -> Vec<UserId> {
    let mut seen = BTreeSet::new();
    let candidates = body.as_str().split("@[").skip(1).filter_map(target);
    candidates.filter(|user| seen.insert(*user)).collect()
}

/// The user in `name](user id)..`; a name keeps to its line.
fn target(text: &str) -> Option<UserId> {
    let (name, rest) = text.split_once("](")?;
    let (id, _) = rest.split_once(')')?;
    if name.contains('\n') { None } else { id.parse().ok() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    fn found(text: &str) -> Vec<u128> {
        let body = Markdown::parse("body", text).expect("valid");
        mentions(&body).into_iter().map(|user| user.uuid().as_u128()).collect()
    }

    #[test]
    fn people_are_mentioned_once_and_in_order() {
        let (asha, bina) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        let text = format!("@[Bina Rai]({bina}) and @[Asha]({asha}), not @[Bina]({bina}) again");
        assert_eq!(found(&text), [2, 1]);
    }

    #[test]
    fn what_only_looks_like_a_mention_is_none() {
        let asha = uuid::Uuid::from_u128(1);
        for text in [
            "@[Asha](nobody)".to_owned(),
            "@[Asha] (x)".to_owned(),
            format!("[Asha]({asha})"),
            format!("@[As\nha]({asha})"),
            format!("@[Asha]({asha}"),
            "@[@[@[](".to_owned(),
        ] {
            assert_eq!(found(&text), [0; 0], "{text}");
        }
        assert_eq!(found(&format!("@[@[Asha]({asha})")), [1]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in any::<String>(), id in any::<u128>()) {
            let user = uuid::Uuid::from_u128(id);
            let body = Markdown::from_stored(format!("{text}\n@[x]({user})"));
            prop_assert_eq!(mentions(&body).last().map(|user| user.uuid()), Some(user));
        }
    }
}
