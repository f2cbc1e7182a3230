use std::time::Duration;

use harness::{Manners, Moment, Sink, Verdict};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A sender that says what it is told to and returns all it heard.
async fn speak(sink: &Sink, lines: &str) -> String {
    let url = sink.url();
    let address = url.strip_prefix("smtp://").expect("an address");
    let mut connection = TcpStream::connect(address).await.expect("connected");
    connection.write_all(lines.as_bytes()).await.expect("said");
    let mut heard = String::new();
    connection.read_to_string(&mut heard).await.expect("heard");
    heard
}

const A_MAIL: &str = "EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n\
    Message-ID: <1@x>\r\n\r\nhttp://localhost/verify-email#token=abc.def\r\n..dots\r\n.\r\nQUIT\r\n";

#[tokio::test]
async fn a_mail_is_kept_whole_with_its_envelope() {
    let sink = Sink::start().await.expect("started");
    let mut moments = sink.moments();
    let heard = speak(&sink, A_MAIL).await;
    assert!(heard.contains("250 2.0.0 taken"), "{heard}");
    let mails = sink.mails_to("B@example.com");
    let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("a@example.com", &["b@example.com".to_owned()][..])
    );
    assert_eq!(mail.message_id().expect("a header"), "<1@x>");
    assert!(mail.text().expect("a text").ends_with("\r\n.dots\r\n"));
    assert_eq!(mail.token("verify-email").as_deref(), Some("abc.def"));
    assert_eq!(moments.recv().await, Ok(Moment::Received));
    assert_eq!(moments.recv().await, Ok(Moment::Taken));
}

#[tokio::test]
async fn a_refused_mail_is_not_kept_and_the_sender_is_told() {
    let sink = Sink::start().await.expect("started");
    let refuse = |line| Manners { verdict: Verdict::Refuse(line), ..Manners::default() };
    for line in ["451 4.7.1 later", "554 5.7.1 never"] {
        sink.behave(refuse(line));
        let heard = speak(&sink, A_MAIL).await;
        assert!(heard.contains(line), "{heard}");
    }
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_dropped_mail_is_not_kept_and_the_sender_hears_nothing() {
    let sink = Sink::start().await.expect("started");
    sink.behave(Manners { verdict: Verdict::Drop, ..Manners::default() });
    let heard = speak(&sink, A_MAIL).await;
    assert!(heard.ends_with("354 end with a dot\r\n"), "{heard}");
    assert!(sink.mails().is_empty());
}

#[tokio::test]
async fn a_sender_out_of_order_is_refused() {
    let sink = Sink::start().await.expect("started");
    let heard = speak(&sink, "RCPT TO:<b@example.com>\r\nDATA\r\nMAIL FROM:a\r\nQUIT\r\n").await;
    let codes: Vec<_> = heard.lines().filter_map(|line| line.get(..3)).collect();
    assert_eq!(codes, ["220", "503", "503", "501", "221"]);
    let nothing = sink.mail("b@example.com", "a mail", Duration::ZERO, |_| true).await;
    assert!(nothing.is_err());
}
