//! Files in forms: streamed from the client to whoever takes them, never held as a whole.

use std::future::Future;
use std::io;
use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{Error, FromRequest, HttpRequest};
use files::Upload;
use futures_util::future::LocalBoxFuture;
use futures_util::{FutureExt, StreamExt, stream};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

use crate::problem::{InputFault, Problem};

/// Bytes of a form around its file.
pub(crate) const MARGIN: usize = 16 * 1024;

/// How long the whole of an upload may take, and the next piece of it.
const WHOLE: Duration = Duration::from_secs(120);
const PIECE: Duration = Duration::from_secs(10);

/// Pieces that wait between the client and the store.
const WAITING: usize = 4;

/// The schema of a form with one file.
pub(crate) fn schema() -> serde_json::Value {
    serde_json::json!({
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
    })
}

/// Judges a form by its headers, before any of it is read.
pub(crate) fn judge(request: &ServiceRequest, limit: usize) -> Result<(), Problem> {
    let header =
        |name| request.headers().get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let length = header(header::CONTENT_LENGTH).and_then(|text| text.parse::<usize>().ok());
    if length.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let kind = header(header::CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let is_form = kind.starts_with("multipart/form-data") && kind.contains("boundary=");
    let is_plain =
        header(header::CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    if is_form && is_plain {
        return Ok(());
    }
    let detail = "send `multipart/form-data` with a boundary, not compressed";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

/// A file more than it may be.
pub(crate) fn too_large(limit: usize) -> Problem {
    let detail = format!("a body may have at most {limit} bytes here");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", detail)
}

/// The form of a request whose operation takes a file.
pub struct FileForm(Multipart);

impl FromRequest for FileForm {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        Multipart::from_request(request, payload).map(|form| form.map(Self)).boxed_local()
    }
}

impl FileForm {
    /// Hands the file of the form over, piece by piece, and gives back what became of it.
    pub(crate) async fn send<T, E, F>(self, take: impl FnOnce(Upload) -> F) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, E>>,
        Problem: From<E>,
    {
        let Self(mut form) = self;
        let mut field = first(&mut form).await?;
        let (sender, receiver) = mpsc::channel(WAITING);
        let pieces = stream::unfold(receiver, async |mut receiver: mpsc::Receiver<_>| {
            receiver.recv().await.map(|piece| (piece, receiver))
        });
        let upload = Upload {
            name: name(&field).unwrap_or_default(),
            declared: field.content_type().map(ToString::to_string),
            content: pieces.boxed(),
        };
        let taking = std::pin::pin!(take(upload));
        let sending = std::pin::pin!(pass_on(&mut field, sender));
        match futures_util::future::select(taking, sending).await {
            futures_util::future::Either::Left((taken, _)) => Ok(taken?),
            futures_util::future::Either::Right(((), taking)) => Ok(taking.await?),
        }
    }
}

/// The first part, which must be the file.
async fn first(form: &mut Multipart) -> Result<Field, Problem> {
    let missing = || Problem::invalid([InputFault::at("/file", "required", "must be a file with a name")]);
    let unreadable = || Problem::of_status(StatusCode::BAD_REQUEST);
    let found = timeout(PIECE, form.next()).await;
    let field = found.map_err(|_| Problem::of_status(StatusCode::REQUEST_TIMEOUT))?;
    let field = field.ok_or_else(missing)?.map_err(|_| unreadable())?;
    if field.name() == Some("file") && name(&field).is_some() { Ok(field) } else { Err(missing()) }
}

fn name(field: &Field) -> Option<String> {
    field.content_disposition()?.get_filename().map(str::to_owned)
}

/// Reads the part as fast as it is taken. A line that is too slow counts as broken.
async fn pass_on(field: &mut Field, sender: mpsc::Sender<io::Result<actix_web::web::Bytes>>) {
    let until = Instant::now() + WHOLE;
    loop {
        let next = timeout_at(until.min(Instant::now() + PIECE), field.next()).await;
        let piece = match next {
            Ok(None) => return,
            Ok(Some(piece)) => piece.map_err(|error| io::Error::other(error.to_string())),
            Err(late) => Err(io::Error::other(late)),
        };
        let is_last = piece.is_err();
        if sender.send(piece).await.is_err() || is_last {
            return;
        }
    }
}
