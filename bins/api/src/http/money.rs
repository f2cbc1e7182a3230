//! Sums of money as every module spells them.

use std::borrow::Cow;

use kernel::{Currency, Money};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// A currency in use, by its code.
#[derive(Clone, Copy)]
pub(super) struct CurrencyWord(pub(super) Currency);

/// A sum in minor units of its currency.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Money)]
pub(super) struct MoneyWord {
    /// Whole minor units.
    #[schema(minimum = 0, maximum = 999_999_999_999_999_i64)]
    amount: i64,
    currency: CurrencyWord,
}

impl MoneyWord {
    /// So many minor units of a currency.
    pub(super) const fn of(amount: i64, currency: Currency) -> Self {
        Self { amount, currency: CurrencyWord(currency) }
    }
}

impl From<MoneyWord> for Money {
    fn from(word: MoneyWord) -> Self {
        Self { amount: word.amount, currency: word.currency.0 }
    }
}

/// A sum over many documents in minor units of its currency; below zero where nothing is owed but to be paid back.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MoneySum)]
pub(super) struct SumWord {
    /// Whole minor units.
    amount: i64,
    currency: CurrencyWord,
}

impl SumWord {
    /// So many minor units of a currency.
    pub(super) const fn of(amount: i64, currency: Currency) -> Self {
        Self { amount, currency: CurrencyWord(currency) }
    }
}

impl Serialize for CurrencyWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.code())
    }
}

impl<'de> Deserialize<'de> for CurrencyWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        Currency::parse("currency", &code).map(Self).map_err(|fault| serde::de::Error::custom(fault.detail))
    }
}

impl ToSchema for CurrencyWord {
    fn name() -> Cow<'static, str> {
        "Currency".into()
    }
}

impl PartialSchema for CurrencyWord {
    fn schema() -> RefOr<Schema> {
        let codes = Currency::all().map(Currency::code);
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).into()
    }
}
