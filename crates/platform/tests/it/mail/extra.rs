//! Mails with more receivers, and with files.

use bytes::Bytes;
use kernel::EmailAddress;
use mailparse::{MailHeaderMap, parse_mail};
use platform::{Attachment, Extra, MOST_ATTACHED, MailError, OutgoingMail};

use super::{Post, a_mail, env, header, posts};

fn addresses<const N: usize>(all: [&str; N]) -> Vec<EmailAddress> {
    all.map(|address| EmailAddress::parse("to", address).expect("valid")).to_vec()
}

fn a_file(name: &str, content: Bytes) -> Attachment {
    Attachment { name: name.to_owned(), media_type: "application/pdf".to_owned(), content }
}

fn with_files(attachments: Vec<Attachment>) -> OutgoingMail {
    OutgoingMail { extra: Extra { attachments, ..Extra::default() }, ..a_mail() }
}

#[tokio::test]
async fn a_file_arrives_byte_for_byte_behind_the_text() {
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for post in posts(&env()).await {
        let raw =
            post.send_one(&with_files(vec![a_file("INV-2083-84-000001.pdf", content.clone().into())])).await;
        assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 999));
        let mail = parse_mail(&raw).expect("a mail");
        assert_eq!(mail.ctype.mimetype, "multipart/mixed");
        let [bodies, file] = mail.subparts.as_slice() else { panic!("{} parts", mail.subparts.len()) };
        assert_eq!((bodies.ctype.mimetype.as_str(), bodies.subparts.len()), ("multipart/alternative", 2));
        assert_eq!(file.ctype.mimetype, "application/pdf");
        let name = &file.get_content_disposition().params["filename"];
        assert_eq!(name, "INV-2083-84-000001.pdf");
        assert_eq!(file.get_body_raw().expect("decodable"), content);
    }
}

#[tokio::test]
async fn a_name_of_a_file_adds_no_header() {
    for name in ["x.pdf\"\r\nBcc: eve@evil.example", "x\r\n\r\n<b>.pdf", "चलानी \"१\".pdf"] {
        for post in posts(&env()).await {
            let raw = post.send_one(&with_files(vec![a_file(name, Bytes::from_static(b"%PDF"))])).await;
            let mail = parse_mail(&raw).expect("a mail");
            assert!(mail.headers.get_first_value("Bcc").is_none(), "{name:?}");
            let file = mail.subparts.last().expect("a file");
            assert!(file.headers.get_first_value("Bcc").is_none(), "{name:?}");
            assert_eq!(file.get_body_raw().expect("decodable"), b"%PDF", "{name:?}");
        }
    }
}

#[tokio::test]
async fn more_than_servers_take_is_never_sent() {
    let half = Bytes::from(vec![0; MOST_ATTACHED / 2]);
    let mail =
        with_files(vec![a_file("1.pdf", half.clone()), a_file("2.pdf", half), a_file("3.pdf", "x".into())]);
    for post in posts(&env()).await {
        let refused = post.mailer().send(&mail).await.expect_err("refused");
        assert!(matches!(refused, MailError::Permanent(_)), "{refused:?}");
    }
}

#[tokio::test]
async fn everybody_named_gets_it_and_sees_who_else_does() {
    let extra = Extra {
        also_to: addresses(["bina@example.com"]),
        cc: addresses(["chandra@example.com", "deepa@example.com"]),
        reply_to: addresses(["seller@example.com"]).pop(),
        ..Extra::default()
    };
    let mail = OutgoingMail { extra, ..a_mail() };
    for post in posts(&env()).await {
        post.mailer().send(&mail).await.expect("sent");
        let received = post.mails().pop().expect("one mail");
        let parsed = parse_mail(&received.content).expect("a mail");
        assert!(header(&parsed, "To").ends_with("<asha@example.com>, bina@example.com"));
        assert_eq!(header(&parsed, "Cc"), "chandra@example.com, deepa@example.com");
        assert_eq!(header(&parsed, "Reply-To"), "seller@example.com");
        if let Post::Server { .. } = post {
            let all = ["asha", "bina", "chandra", "deepa"].map(|name| format!("{name}@example.com"));
            assert_eq!(received.to, all);
        }
    }
}
