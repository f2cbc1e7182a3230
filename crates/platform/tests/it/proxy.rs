use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Stands between an adapter and its server, so that a test can cut the line of this adapter alone.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    line: watch::Sender<Line>,
    accepted: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Open,
    Cut,
}

impl Proxy {
    /// `server` is `host:port`.
    pub(crate) async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let line = watch::Sender::new(Line::Open);
        let accepted = Arc::default();
        tokio::spawn(accept(listener, server, line.subscribe(), Arc::clone(&accepted)));
        Self { address, line, accepted }
    }

    /// How many connections were made so far.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }

    /// How many connections there are now.
    pub(crate) fn carried(&self) -> usize {
        // Whoever carries one watches the line, and so does whoever accepts them.
        self.line.receiver_count() - 1
    }

    /// Ends every connection; new ones are welcome.
    pub(crate) fn sever(&self) {
        self.line.send_replace(Line::Cut);
        self.line.send_replace(Line::Open);
    }

    /// Ends every connection and every attempt at a new one.
    pub(crate) fn cut(&self) {
        self.line.send_replace(Line::Cut);
    }

    /// Lets connections through again.
    pub(crate) fn mend(&self) {
        self.line.send_replace(Line::Open);
    }
}

async fn accept(
    listener: TcpListener,
    server: String,
    mut line: watch::Receiver<Line>,
    accepted: Arc<AtomicUsize>,
) {
    while let Ok((client, _)) = listener.accept().await {
        accepted.fetch_add(1, Ordering::SeqCst);
        if *line.borrow_and_update() == Line::Open {
            tokio::spawn(carry(client, server.clone(), line.clone()));
        }
    }
}

/// Carries bytes until either side ends, or anything happens to the line.
async fn carry(mut client: TcpStream, server: String, mut line: watch::Receiver<Line>) {
    let mut server = TcpStream::connect(server).await.expect("the server of the test is up");
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        _ = line.changed() => {}
    }
}
