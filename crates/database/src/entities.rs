//! One file per table. A domain's store writes only its own tables and may read any.

pub mod api_key;
pub mod app_installation;
pub mod campaign;
pub mod campaign_recipient;
pub mod campaign_test;
pub mod catalogue_item;
pub mod contact;
pub mod contact_list;
pub mod credential;
pub mod credit_note;
pub mod credit_note_line;
pub mod cron_run;
pub mod customer;
pub mod email_message;
pub mod event;
pub mod file;
pub mod file_usage;
pub mod idempotency_key;
pub mod installation_fact;
pub mod invitation;
pub mod invoice;
pub mod invoice_claim;
pub mod invoice_counter;
pub mod invoice_erasure;
pub mod invoice_line;
pub mod invoice_link;
pub mod invoice_occurrence;
pub mod invoice_paper;
pub mod invoice_payment;
pub mod invoice_schedule;
pub mod invoice_schedule_line;
pub mod invoice_sending;
pub mod invoice_settings;
pub mod job;
pub mod login_throttle;
pub mod mail_token;
pub mod membership;
pub mod mfa_challenge;
pub mod notification;
pub mod notification_default;
pub mod notification_preference;
pub mod organization;
pub mod organization_settings;
pub mod organization_slug;
pub mod recovery_code;
pub mod refresh_token;
pub mod role;
pub mod session;
pub mod sign_up;
pub mod signing_key;
pub mod stream;
pub mod suppression;
pub mod tax_rate;
pub mod ticket;
pub mod ticket_activity;
pub mod ticket_attachment;
pub mod ticket_board;
pub mod ticket_column;
pub mod ticket_comment;
pub mod ticket_comment_revision;
pub mod ticket_counter;
pub mod ticket_link;
pub mod ticket_tag;
pub mod ticket_transition;
pub mod ticket_watcher;
pub mod totp_credential;
pub mod user;

use sea_orm::EntityTrait;

/// Looks at entities one by one.
pub trait Visitor {
    /// Looks at one.
    fn visit<E: EntityTrait>(&mut self);
}

/// Shows every entity: how a test compares them all with the migrated schema.
pub fn each(visitor: &mut impl Visitor) {
    ledger(visitor);
    accounts(visitor);
    organizations(visitor);
    tickets(visitor);
    invoices(visitor);
    notifications(visitor);
    files(visitor);
    campaigns(visitor);
}

fn ledger(visitor: &mut impl Visitor) {
    visitor.visit::<cron_run::Entity>();
    visitor.visit::<event::Entity>();
    visitor.visit::<idempotency_key::Entity>();
    visitor.visit::<installation_fact::Entity>();
    visitor.visit::<job::Entity>();
    visitor.visit::<stream::Entity>();
}

fn accounts(visitor: &mut impl Visitor) {
    visitor.visit::<api_key::Entity>();
    visitor.visit::<credential::Entity>();
    visitor.visit::<login_throttle::Entity>();
    visitor.visit::<mail_token::Entity>();
    visitor.visit::<mfa_challenge::Entity>();
    visitor.visit::<recovery_code::Entity>();
    visitor.visit::<refresh_token::Entity>();
    visitor.visit::<session::Entity>();
    visitor.visit::<sign_up::Entity>();
    visitor.visit::<signing_key::Entity>();
    visitor.visit::<totp_credential::Entity>();
    visitor.visit::<user::Entity>();
}

fn organizations(visitor: &mut impl Visitor) {
    visitor.visit::<app_installation::Entity>();
    visitor.visit::<invitation::Entity>();
    visitor.visit::<membership::Entity>();
    visitor.visit::<organization::Entity>();
    visitor.visit::<organization_settings::Entity>();
    visitor.visit::<organization_slug::Entity>();
    visitor.visit::<role::Entity>();
}

fn tickets(visitor: &mut impl Visitor) {
    visitor.visit::<ticket::Entity>();
    visitor.visit::<ticket_activity::Entity>();
    visitor.visit::<ticket_attachment::Entity>();
    visitor.visit::<ticket_board::Entity>();
    visitor.visit::<ticket_column::Entity>();
    visitor.visit::<ticket_comment::Entity>();
    visitor.visit::<ticket_comment_revision::Entity>();
    visitor.visit::<ticket_counter::Entity>();
    visitor.visit::<ticket_link::Entity>();
    visitor.visit::<ticket_tag::Entity>();
    visitor.visit::<ticket_transition::Entity>();
    visitor.visit::<ticket_watcher::Entity>();
}

fn invoices(visitor: &mut impl Visitor) {
    visitor.visit::<catalogue_item::Entity>();
    visitor.visit::<credit_note::Entity>();
    visitor.visit::<credit_note_line::Entity>();
    visitor.visit::<customer::Entity>();
    visitor.visit::<invoice::Entity>();
    visitor.visit::<invoice_claim::Entity>();
    visitor.visit::<invoice_counter::Entity>();
    visitor.visit::<invoice_erasure::Entity>();
    visitor.visit::<invoice_line::Entity>();
    visitor.visit::<invoice_link::Entity>();
    visitor.visit::<invoice_occurrence::Entity>();
    visitor.visit::<invoice_paper::Entity>();
    visitor.visit::<invoice_payment::Entity>();
    visitor.visit::<invoice_sending::Entity>();
    visitor.visit::<invoice_schedule::Entity>();
    visitor.visit::<invoice_schedule_line::Entity>();
    visitor.visit::<invoice_settings::Entity>();
    visitor.visit::<tax_rate::Entity>();
}

fn notifications(visitor: &mut impl Visitor) {
    visitor.visit::<email_message::Entity>();
    visitor.visit::<notification::Entity>();
    visitor.visit::<notification_default::Entity>();
    visitor.visit::<notification_preference::Entity>();
}

fn files(visitor: &mut impl Visitor) {
    visitor.visit::<file::Entity>();
    visitor.visit::<file_usage::Entity>();
}

fn campaigns(visitor: &mut impl Visitor) {
    visitor.visit::<campaign::Entity>();
    visitor.visit::<campaign_recipient::Entity>();
    visitor.visit::<campaign_test::Entity>();
    visitor.visit::<contact::Entity>();
    visitor.visit::<contact_list::Entity>();
    visitor.visit::<suppression::Entity>();
}
