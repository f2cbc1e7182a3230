//! What becomes of a mail follows from how far its conversation came.

use kernel::Secret;
use platform::{MailError, Mailer, SmtpMailer};

use super::{FROM, a_mail, env};
use crate::smtp_sink::{Manners, SmtpSink};

fn mailer(address: impl std::fmt::Display) -> SmtpMailer {
    let url = Secret::new(format!("smtp://user:pass%77ord@{address}"));
    SmtpMailer::new(&url, FROM, env()).expect("an address")
}

/// What becomes of a mail at a server of these manners.
async fn fate(manners: Manners) -> Result<(), MailError> {
    let sink = SmtpSink::start(manners).await;
    mailer(sink.address).send(&a_mail()).await
}

#[tokio::test]
async fn a_server_refuses_a_mail_for_good_or_for_now() {
    fate(Manners::KIND).await.expect("taken");
    let unknown = fate(Manners { rcpt: "550 no such user", ..Manners::KIND }).await;
    assert!(
        matches!(&unknown, Err(MailError::Permanent(why)) if why.contains("no such user")),
        "{unknown:?}"
    );
    let spam = fate(Manners { data: "554 looks like spam", ..Manners::KIND }).await;
    assert!(matches!(spam, Err(MailError::Permanent(_))), "{spam:?}");
    let grey = fate(Manners { rcpt: "451 come back later", ..Manners::KIND }).await;
    assert!(matches!(grey, Err(MailError::Temporary(_))), "{grey:?}");
    let full = fate(Manners { data: "452 no room", ..Manners::KIND }).await;
    assert!(matches!(full, Err(MailError::Temporary(_))), "{full:?}");
}

#[tokio::test]
async fn wrong_credentials_are_no_mails_fault() {
    let refused = fate(Manners { auth: "535 who are you", ..Manners::KIND }).await;
    assert!(matches!(refused, Err(MailError::Unavailable(_))), "{refused:?}");
    let asked = fate(Manners { rcpt: "530 sign in first", ..Manners::KIND }).await;
    assert!(matches!(asked, Err(MailError::Unavailable(_))), "{asked:?}");
}

#[tokio::test]
async fn a_server_that_is_away_may_come_back() {
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let mailer = mailer(format!("127.0.0.1:{port}"));
    assert!(matches!(mailer.send(&a_mail()).await, Err(MailError::Unavailable(_))));
    assert!(mailer.check().await.is_err());
}

#[tokio::test]
async fn before_the_receiver_is_named_a_break_is_no_mails_fault() {
    for verb in ["CONNECT", "EHLO", "AUTH", "MAIL"] {
        let broken = fate(Manners { gone_at: Some(verb), ..Manners::KIND }).await;
        assert!(matches!(broken, Err(MailError::Unavailable(_))), "{verb}: {broken:?}");
    }
}

#[tokio::test]
async fn before_its_content_is_sent_nobody_has_a_mail() {
    for verb in ["RCPT", "DATA"] {
        let broken = fate(Manners { gone_at: Some(verb), ..Manners::KIND }).await;
        assert!(matches!(broken, Err(MailError::Temporary(_))), "{verb}: {broken:?}");
    }
}

#[tokio::test]
async fn once_its_content_is_sent_nobody_knows() {
    let broken = fate(Manners { gone_at: Some("CONTENT"), ..Manners::KIND }).await;
    assert!(matches!(broken, Err(MailError::Uncertain(_))), "{broken:?}");
}

#[tokio::test]
async fn a_server_that_hung_up_meanwhile_gets_the_next_mail_all_the_same() {
    for manners in [
        Manners { gone_at: Some("AFTER"), ..Manners::KIND },
        Manners { second_mail: "421 too many mails on one connection", ..Manners::KIND },
    ] {
        let sink = SmtpSink::start(manners).await;
        let mailer = mailer(sink.address);
        for _ in 0..3 {
            mailer.send(&a_mail()).await.expect("taken");
        }
        assert_eq!(sink.received().len(), 3, "each of them once");
    }
}

#[tokio::test]
async fn connections_are_used_again_also_after_a_refusal() {
    for (rcpt, taken) in [("250 known", true), ("550 no such user", false)] {
        let sink = SmtpSink::start(Manners { rcpt, ..Manners::KIND }).await;
        let mailer = mailer(sink.address);
        for _ in 0..5 {
            assert_eq!(mailer.send(&a_mail()).await.is_ok(), taken);
        }
        assert_eq!(sink.connections(), 1);
    }
}
