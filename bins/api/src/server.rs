//! The application and the server that carries it.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpResponse, HttpServer, web};

use crate::frame::{Frame, Origins};
use crate::observe::observe;
use crate::{docs, health, routes, web_app};

/// The whole application: every operation of the frame behind its layers. `more` adds what is no operation (socket,
/// pages, services for the handlers).
pub fn app(
    frame: Arc<Frame>,
    more: impl FnOnce(&mut web::ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let observed = Arc::clone(&frame);
    App::new()
        .app_data(web::Data::from(Arc::clone(&frame)))
        .configure(|app| routes::register(&frame, app))
        .configure(health::register)
        .configure(docs::register)
        .configure(more)
        .default_service(web::to(web_app::answer))
        .wrap(cors(frame.settings.origins.clone()))
        .wrap(from_fn(move |request, next| {
            let frame = Arc::clone(&observed);
            async move { observe(&frame, request, next).await }
        }))
        .wrap(Compress::default())
}

/// Serves on a bound socket. Signals are left to the caller, who drains first.
pub fn serve(
    frame: Arc<Frame>,
    listener: TcpListener,
    more: impl Fn(&mut web::ServiceConfig) + Clone + Send + 'static,
) -> io::Result<Server> {
    let server = HttpServer::new(move || app(Arc::clone(&frame), more.clone()))
        .keep_alive(Duration::from_secs(75))
        .client_request_timeout(Duration::from_secs(5))
        .client_disconnect_timeout(Duration::from_secs(5))
        .shutdown_timeout(15)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// Exact origins only; an origin that is not allowed learns nothing.
fn cors(origins: Origins) -> Cors {
    Cors::default()
        .allowed_origin_fn(move |origin, _| origin.to_str().is_ok_and(|origin| origins.allows(origin)))
        .block_on_origin_mismatch(false)
        .allowed_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allowed_headers([header::ACCEPT, header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH])
        .allowed_headers([header::IF_NONE_MATCH])
        .allowed_headers(["idempotency-key", "traceparent", "tracestate", "x-client-id", "x-request-id"])
        .allowed_headers(["x-refresh-attempt", "x-token-transport"])
        .expose_headers(["etag", "location", "retry-after", "content-disposition", "idempotency-replayed"])
        .expose_headers(["ratelimit", "ratelimit-policy", "x-request-id"])
        .supports_credentials()
        .max_age(600)
}

/// Serves the figures on a socket of their own, away from the public.
pub fn serve_metrics(figures: crate::metrics::Metrics, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        let figures = figures.clone();
        let show = move || {
            let text = figures.render();
            async { HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text) }
        };
        App::new()
            .route("/metrics", web::get().to(show))
            .default_service(web::to(|| async { HttpResponse::new(StatusCode::NOT_FOUND) }))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}
