//! The words of invoices on the wire.

use invoices::{
    Design, Method, PaymentKind, RecurrenceStatus, SchedulePeriod, Standing, Status, StopReason, TaxClass,
};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Declares a wire enum that mirrors one of the domain, with the way there and back.
macro_rules! word {
    ($wire:ident, $domain:ident, $schema:ident, [$($variant:ident),+]) => {
        #[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[schema(as = $schema)]
        pub(in crate::http) enum $wire {
            $($variant),+
        }

        impl From<$wire> for $domain {
            fn from(word: $wire) -> Self {
                match word {
                    $($wire::$variant => Self::$variant),+
                }
            }
        }

        impl From<$domain> for $wire {
            fn from(word: $domain) -> Self {
                match word {
                    $($domain::$variant => Self::$variant),+
                }
            }
        }
    };
}

word!(StatusWord, Status, InvoiceStatus, [Draft, Issued, PartiallyPaid, Paid, Void]);
word!(DesignWord, Design, InvoiceDesign, [Classic, Modern, Compact]);
word!(StandingWord, Standing, Standing, [Active, Archived]);
word!(MethodWord, Method, PaymentMethod, [Cash, BankTransfer, Cheque, Card, Esewa, Khalti, Other]);
word!(PaymentKindWord, PaymentKind, PaymentKind, [Payment, Refund]);
word!(PeriodWord, SchedulePeriod, SchedulePeriod, [Day, Week, Month, Year]);
word!(RecurrenceWord, RecurrenceStatus, ScheduleStatus, [Active, Paused, Stopped, Ended]);
word!(
    StopWord,
    StopReason,
    ScheduleStopReason,
    [CustomerArchived, TaxRateArchived, OutsideCalendar, Invalid]
);

impl StandingWord {
    /// Archived since then, or active.
    pub(in crate::http) const fn since(archived_at: Option<Timestamp>) -> Self {
        match archived_at {
            Some(_) => Self::Archived,
            None => Self::Active,
        }
    }
}

/// How something is taxed.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TaxKind)]
pub(in crate::http) enum TaxKindWord {
    /// At a rate above nothing.
    Rated,
    /// Taxable at nothing.
    Zero,
    /// Not taxable by law.
    Exempt,
    /// Names no tax.
    Untaxed,
}

impl TaxKindWord {
    pub(in crate::http) const fn name(self) -> &'static str {
        match self {
            Self::Rated => "rated",
            Self::Zero => "zero",
            Self::Exempt => "exempt",
            Self::Untaxed => "untaxed",
        }
    }
}

impl From<TaxClass> for TaxKindWord {
    fn from(class: TaxClass) -> Self {
        match class {
            TaxClass::Rated(_) => Self::Rated,
            TaxClass::Zero => Self::Zero,
            TaxClass::Exempt => Self::Exempt,
            TaxClass::Untaxed => Self::Untaxed,
        }
    }
}
