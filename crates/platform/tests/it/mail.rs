mod extra;
mod fates;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta};
use kernel::{EmailAddress, Env, Secret};
use mailparse::{MailAddr, MailHeaderMap, ParsedMail, addrparse_header, parse_mail};
use platform::{Extra, LocalMailer, MailError, Mailer, OutgoingMail, SmtpMailer};
use uuid::Uuid;

use crate::smtp_sink::{Manners, Received, SmtpSink};

const FROM: &str = "Mero Jugx <no-reply@jugx.example.com>";

/// An adapter and the place where its mails end up.
enum Post {
    Folder { mailer: LocalMailer },
    Server { mailer: SmtpMailer, sink: SmtpSink },
}

async fn posts(env: &Env) -> [Post; 2] {
    [Post::folder(env), Post::server(env, Manners::KIND).await]
}

impl Post {
    fn folder(env: &Env) -> Self {
        let folder = std::env::temp_dir().join(format!("mero-mail-{}", Env::system().id::<Uuid>()));
        Self::Folder { mailer: LocalMailer::new(folder, FROM, env.clone()).expect("a sender") }
    }

    async fn server(env: &Env, manners: Manners) -> Self {
        let sink = SmtpSink::start(manners).await;
        let url = Secret::new(format!("smtp://{}", sink.address));
        Self::Server { mailer: SmtpMailer::new(&url, FROM, env.clone()).expect("an address"), sink }
    }

    fn mailer(&self) -> &dyn Mailer {
        match self {
            Self::Folder { mailer } => mailer,
            Self::Server { mailer, .. } => mailer,
        }
    }

    /// The mails in the order of their sending. A folder knows no envelope, so it is taken for right there.
    fn mails(&self) -> Vec<Received> {
        match self {
            Self::Folder { mailer } => {
                let contents = files(mailer).into_iter().map(|path| fs::read(path).expect("a mail"));
                contents.map(|content| Received { content, ..the_envelope() }).collect()
            }
            Self::Server { sink, .. } => sink.received(),
        }
    }

    /// Sends a mail, looks at its envelope and returns its content.
    async fn send_one(&self, mail: &OutgoingMail) -> Vec<u8> {
        self.mailer().send(mail).await.expect("sent");
        let received = self.mails().pop().expect("one mail");
        assert_eq!((received.from, received.to), (the_envelope().from, the_envelope().to));
        received.content
    }
}

impl Drop for Post {
    fn drop(&mut self) {
        if let Self::Folder { mailer } = self
            && mailer.folder().exists()
        {
            fs::remove_dir_all(mailer.folder()).expect("the test's own folder");
        }
    }
}

fn the_envelope() -> Received {
    Received {
        from: "no-reply@jugx.example.com".to_owned(),
        to: vec!["asha@example.com".to_owned()],
        content: Vec::new(),
    }
}

fn files(mailer: &LocalMailer) -> Vec<PathBuf> {
    let entries = fs::read_dir(mailer.folder()).expect("a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn env() -> Env {
    Env::frozen(DateTime::from_timestamp_millis(1_700_000_000_000).expect("valid"), 1)
}

fn a_mail() -> OutgoingMail {
    OutgoingMail {
        message_id: "42.welcome@jugx.example.com".to_owned(),
        to: EmailAddress::parse("to", "asha@example.com").expect("valid"),
        to_name: Some("आशा \"राई\", Ltd.".to_owned()),
        subject: "स्वागत छ, आशा — तपाईंको खाता तयार भयो र अब प्रयोग गर्न सकिन्छ".to_owned(),
        text: format!("नमस्ते\n.a line that begins with a dot\n.\n{}\nend", "long ".repeat(300)),
        html: "<p>नमस्ते <a href=\"https://jugx.example.com/?a=1&amp;b=2\">link</a></p>".to_owned(),
        headers: vec![("List-Unsubscribe", "<https://jugx.example.com/u/1>".to_owned())],
        extra: Extra::default(),
    }
}

fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    let values = mail.headers.get_all_values(name);
    assert_eq!(values.len(), 1, "{name}: {values:?}");
    values.into_iter().next().expect("one value")
}

fn receivers(mail: &ParsedMail<'_>) -> Vec<(Option<String>, String)> {
    let to = mail.headers.get_first_header("To").expect("a receiver");
    let addresses = addrparse_header(to).expect("addresses").into_inner().into_iter();
    addresses
        .map(|address| match address {
            MailAddr::Single(single) => (single.display_name, single.addr),
            MailAddr::Group(group) => panic!("a group: {group:?}"),
        })
        .collect()
}

fn body(part: &ParsedMail<'_>) -> String {
    part.get_body().expect("decodable").replace("\r\n", "\n").trim_end().to_owned()
}

#[tokio::test]
async fn a_mail_arrives_whole() {
    for post in posts(&env()).await {
        let raw = post.send_one(&a_mail()).await;
        let mail = parse_mail(&raw).expect("a mail");
        assert_eq!(header(&mail, "From"), "\"Mero Jugx\" <no-reply@jugx.example.com>");
        assert_eq!(receivers(&mail), [(a_mail().to_name, "asha@example.com".to_owned())]);
        assert_eq!(header(&mail, "Subject"), a_mail().subject);
        assert_eq!(header(&mail, "Message-ID"), "<42.welcome@jugx.example.com>");
        assert_eq!(header(&mail, "Date"), "Tue, 14 Nov 2023 22:13:20 +0000");
        assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
        assert_eq!(header(&mail, "List-Unsubscribe"), "<https://jugx.example.com/u/1>");
        assert_eq!(mail.ctype.mimetype, "multipart/alternative");
        let [text, html] = mail.subparts.as_slice() else {
            panic!("{} parts", mail.subparts.len());
        };
        for (part, kind, content) in [(text, "text/plain", a_mail().text), (html, "text/html", a_mail().html)]
        {
            assert_eq!((part.ctype.mimetype.as_str(), part.ctype.charset.as_str()), (kind, "utf-8"));
            assert_eq!(body(part), content);
        }
    }
}

#[tokio::test]
async fn every_line_is_short_enough_for_every_server() {
    for post in posts(&env()).await {
        let raw = post.send_one(&a_mail()).await;
        assert!(raw.is_ascii());
        assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 999));
    }
}

#[tokio::test]
async fn nothing_that_people_type_adds_a_receiver_or_a_header() {
    let evil = "x\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>\0";
    for injected in
        [evil, "x\nCc: eve@evil.example", "x\rTo: eve@evil.example", "x\u{85}Cc: eve@evil.example"]
    {
        let mail = OutgoingMail {
            to_name: Some(format!("{injected}\" <eve@evil.example>, \"")),
            subject: injected.to_owned(),
            headers: vec![("X-Topic", injected.to_owned())],
            ..a_mail()
        };
        for post in posts(&env()).await {
            let raw = post.send_one(&mail).await;
            let parsed = parse_mail(&raw).expect("a mail");
            assert_eq!(parsed.headers.len(), 9, "{:?}", parsed.headers);
            assert!(parsed.headers.get_first_value("Bcc").is_none());
            assert!(parsed.headers.get_first_value("Cc").is_none());
            let receivers: Vec<_> = receivers(&parsed).into_iter().map(|(_, address)| address).collect();
            assert_eq!(receivers, ["asha@example.com"]);
            assert_eq!(parsed.subparts.len(), 2);
        }
    }
}

#[tokio::test]
async fn a_nameless_receiver_is_one() {
    for post in posts(&env()).await {
        let raw = post.send_one(&OutgoingMail { to_name: Some(" \n ".to_owned()), ..a_mail() }).await;
        assert_eq!(receivers(&parse_mail(&raw).expect("a mail")), [(None, "asha@example.com".to_owned())]);
    }
}

#[tokio::test]
async fn each_attempt_is_a_mail_with_the_same_id() {
    let env = env();
    for post in posts(&env).await {
        for _ in 0..2 {
            post.mailer().send(&a_mail()).await.expect("sent");
            env.advance(TimeDelta::seconds(1));
        }
        let mails = post.mails();
        assert_eq!(mails.len(), 2);
        for mail in mails {
            let id = header(&parse_mail(&mail.content).expect("a mail"), "Message-ID");
            assert_eq!(id, "<42.welcome@jugx.example.com>");
        }
    }
}

#[tokio::test]
async fn what_is_ready_says_so() {
    for post in posts(&env()).await {
        post.mailer().check().await.expect("ready");
        assert!(post.mails().is_empty());
    }
}

#[tokio::test]
async fn mails_in_the_folder_are_whole_files_for_the_owner_alone() {
    let post = Post::folder(&env());
    post.mailer().send(&a_mail()).await.expect("sent");
    let Post::Folder { mailer } = &post else {
        panic!("a folder");
    };
    let paths = files(mailer);
    let [path] = paths.as_slice() else {
        panic!("one file, no draft: {paths:?}");
    };
    assert_eq!(path.file_name().expect("a name"), "1700000000000-42.welcome.eml");
    assert_eq!(fs::metadata(path).expect("a file").permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_no_mails_fault() {
    let mailer = LocalMailer::new(PathBuf::from("/proc/mail"), FROM, env()).expect("a sender");
    assert!(matches!(mailer.send(&a_mail()).await, Err(MailError::Unavailable(_))));
    assert!(mailer.check().await.is_err());
}
