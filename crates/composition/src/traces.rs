//! Spans, handed to a collector (OTLP over HTTP) where one is configured. Nothing waits for the collector: what does
//! not fit into the queue is dropped, and what it does not take is lost, which is said once a minute at most.

mod courier;
mod watched;

use std::cell::Cell;
use std::io;
use std::time::Duration;

use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, IdGenerator, RandomIdGenerator, SdkTracer, SdkTracerProvider,
};
use tokio::runtime::Runtime;
use tracing::{Level, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;
use url::Url;

use courier::Courier;
use watched::Watched;

/// Spans that wait for the collector; more are dropped.
const QUEUE: usize = 8_192;

/// Spans handed over at once.
const BATCH: usize = 512;

/// How patient the hand-over is.
#[derive(Clone, Copy, Debug)]
struct Pace {
    /// How long spans are gathered.
    gather: Duration,
    /// How long the collector may take.
    timeout: Duration,
    /// How long the end of the process waits for the last spans.
    farewell: Duration,
}

const PACE: Pace = Pace {
    gather: Duration::from_secs(2),
    timeout: Duration::from_secs(5),
    farewell: Duration::from_secs(5),
};

/// Hands spans over; dropped, those that are left.
pub(crate) struct Traces {
    provider: SdkTracerProvider,
    /// Its own: the last spans are handed over when that of the program has ended.
    runtime: Option<Runtime>,
    pace: Pace,
}

impl Traces {
    /// To the collector at this address, as this service.
    pub(crate) fn to(collector: &Url, service: &'static str) -> io::Result<Self> {
        Self::at_pace(collector, service, PACE)
    }

    fn at_pace(collector: &Url, service: &'static str, pace: Pace) -> io::Result<Self> {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).thread_name("traces").enable_all().build()?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Courier::new(runtime.handle().clone(), pace.timeout))
            .with_endpoint(traces_of(collector))
            .with_timeout(pace.timeout)
            .build()
            .map_err(io::Error::other)?;
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(QUEUE)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(pace.gather)
            .build();
        let processor =
            BatchSpanProcessor::builder(Watched::new(exporter)).with_batch_config(batches).build();
        let resource = Resource::builder_empty()
            .with_service_name(service)
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_id_generator(Ids::default())
            .with_resource(resource)
            .build();
        Ok(Self { provider, runtime: Some(runtime), pace })
    }

    /// What hears of spans: the program's own, and warnings within them.
    pub(crate) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let tracer: SdkTracer = self.provider.tracer("mero-jugx");
        let wanted =
            filter_fn(|about| *about.level() <= if about.is_span() { Level::INFO } else { Level::WARN });
        tracing_opentelemetry::layer().with_tracer(tracer).with_filter(wanted)
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.provider.shutdown_with_timeout(self.pace.farewell) {
            tracing::warn!(%error, "the last spans did not reach the collector of traces");
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The collector's place for traces.
fn traces_of(collector: &Url) -> String {
    let address = collector.as_str().trim_end_matches('/');
    if address.ends_with("/v1/traces") { address.to_owned() } else { format!("{address}/v1/traces") }
}

/// Begins a span as part of a trace that came from outside: 32 hexadecimal digits, and 16 of the span that caused
/// it, where that is known. Without effect where no collector is configured.
pub fn join(span: &Span, trace: Option<&str>, parent: Option<&str>) {
    let Some(trace) = trace.and_then(|text| TraceId::from_hex(text).ok()) else { return };
    match parent.and_then(|text| SpanId::from_hex(text).ok()) {
        Some(parent) => {
            let parent = SpanContext::new(trace, parent, TraceFlags::SAMPLED, true, TraceState::default());
            // It fails where nobody hears of spans, or this one has begun: then there is nothing to join.
            drop(span.set_parent(Context::new().with_remote_span_context(parent)));
        }
        None => {
            NEXT_TRACE.set(Some(trace));
            drop(span.context());
            NEXT_TRACE.set(None);
        }
    }
}

thread_local! {
    /// The trace that the next span without a parent begins.
    static NEXT_TRACE: Cell<Option<TraceId>> = const { Cell::new(None) };
}

/// Random ids, but for traces that have one.
#[derive(Debug, Default)]
struct Ids(RandomIdGenerator);

impl IdGenerator for Ids {
    fn new_trace_id(&self) -> TraceId {
        NEXT_TRACE.take().unwrap_or_else(|| self.0.new_trace_id())
    }

    fn new_span_id(&self) -> SpanId {
        self.0.new_span_id()
    }
}

#[cfg(test)]
mod tests;
