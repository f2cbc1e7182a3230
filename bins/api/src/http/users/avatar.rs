//! One's own picture.

use actix_web::web::Data;
use files::Files;

use crate::http::files::{FILE_LIMIT, problem};
use crate::upload::FileForm;
use crate::{Answer, Caller, Endpoint, Reply};

const PATH: &str = "/users/me/avatar";

pub(super) fn endpoints() -> [Endpoint; 2] {
    [
        Endpoint::put("users_me_avatar_set", PATH, "Show oneself with a picture")
            .for_persons()
            .description("A form with one part `file`, an image; the middle of it becomes a small square.")
            .takes_file(FILE_LIMIT)
            .returns_nothing()
            .costs(5)
            .to(set),
        Endpoint::delete("users_me_avatar_clear", PATH, "Show oneself without a picture")
            .for_persons()
            .returns_nothing()
            .to(clear),
    ]
}

async fn set(Caller(actor): Caller, form: FileForm, files: Data<dyn Files>) -> Answer {
    form.send(|upload| async { files.set_avatar(&actor, upload).await.map_err(problem) }).await?;
    Ok(Reply::no_content())
}

async fn clear(Caller(actor): Caller, files: Data<dyn Files>) -> Answer {
    files.clear_avatar(&actor).await?;
    Ok(Reply::no_content())
}
