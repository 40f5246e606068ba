//! The local page: lists the reports, shows their pages, and changes when a build is done.
//!
//! It answers this machine only, and only who asks for it by its own name: pages that are not published yet are nobody else's. It
//! gives out the pages of the last build and nothing else, and asks nothing of any other machine.

use std::{
    fs,
    io::{self, Cursor},
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread,
    time::Duration,
};

use serde::Serialize;
use tiny_http::{Header, Method, Request, Response};

use crate::diagnostics::{At, Diagnostic, Severity};

/// How long a question for the next state waits for one.
const PATIENCE: Duration = Duration::from_secs(20);

/// A report on the page.
#[derive(Clone, Serialize, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its path in the output folder, without an ending.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What it stands under.
    pub group: String,
    /// The path of its PDF, if there is one.
    pub pdf: Option<String>,
    /// The paths of the pictures of its pages.
    pub pages: Vec<String>,
}

/// What the page shows.
#[derive(Clone, Serialize, Default)]
pub struct Shown {
    /// The reports.
    pub reports: Vec<Listed>,
    /// One line on how far the program is.
    pub line: String,
    /// The mistakes of the last build.
    pub told: String,
    /// The words of the page.
    pub words: Vec<(&'static str, String)>,
    /// Changes with the pages.
    pub pages: u64,
}

#[derive(Default)]
struct Board {
    shown: Shown,
    version: u64,
    looked_at: String,
}

#[derive(Default)]
struct Shared {
    board: Mutex<Board>,
    changed: Condvar,
    out: PathBuf,
    address: String,
}

/// The server of the page; it ends with the program.
pub struct Server(Arc<Shared>);

impl Server {
    /// Opens the page on a port of this machine; 0 is any that is free.
    ///
    /// # Errors
    /// A port that is taken.
    pub fn open(port: u16, out: PathBuf) -> Result<Self, Diagnostic> {
        let taken = |error: &dyn std::fmt::Display| {
            let message = format!("the page cannot be opened on port {port}: {error}");
            Diagnostic::new(Severity::Error, "no-port", message, At::Nowhere)
                .hint("leave out `--port`, and a free one is found")
        };
        let server = tiny_http::Server::http(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .map_err(|error| taken(&error))?;
        let address = server.server_addr().to_string();
        let shared = Arc::new(Shared { out, address, ..Shared::default() });
        let answering = Arc::clone(&shared);
        thread::spawn(move || {
            for request in server.incoming_requests() {
                let shared = Arc::clone(&answering);
                thread::spawn(move || shared.answer(request));
            }
        });
        Ok(Self(shared))
    }

    /// Where the page is.
    pub fn address(&self) -> String {
        format!("http://{}/", self.0.address)
    }

    /// The report that somebody looks at, by its path; empty before anybody does.
    pub fn looked_at(&self) -> String {
        self.0.board().looked_at.clone()
    }

    /// Changes what the page shows; everybody who waits is told.
    pub fn show(&self, change: impl FnOnce(&mut Shown)) {
        let mut board = self.0.board();
        change(&mut board.shown);
        board.version += 1;
        self.0.changed.notify_all();
    }
}

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().expect("no thread panics while it holds the board")
    }

    fn answer(&self, request: Request) {
        let response = if *request.method() != Method::Get || !self.is_own_name(&request) {
            status(403)
        } else {
            let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
            match path {
                "/" => text("text/html; charset=utf-8", include_str!("page.html").into()),
                "/page.css" => text("text/css; charset=utf-8", include_str!("page.css").into()),
                "/page.js" => text("text/javascript; charset=utf-8", include_str!("page.js").into()),
                "/state" => text("application/json", self.state(query)),
                _ => path.strip_prefix("/out/").map_or_else(|| status(404), |path| self.file(&decoded(path))),
            }
        };
        // Whoever asked may have gone.
        let _ = request.respond(response);
    }

    /// A page of another site can have its name lead here; its requests bear that name.
    fn is_own_name(&self, request: &Request) -> bool {
        let host = request.headers().iter().find(|header| header.field.equiv("Host"));
        let port = self.address.rsplit(':').next().unwrap_or_default();
        host.is_some_and(|host| host.value == self.address || host.value == format!("localhost:{port}"))
    }

    /// What the page shows, as soon as it is not what it was.
    fn state(&self, query: &str) -> String {
        let asked = |name: &str| query.split('&').find_map(|part| part.strip_prefix(name));
        let since = asked("since=").and_then(|since| since.parse().ok()).unwrap_or(0);
        let mut board = self.board();
        if let Some(looked_at) = asked("at=") {
            board.looked_at = decoded(looked_at);
        }
        let (board, _) = self
            .changed
            .wait_timeout_while(board, PATIENCE, |board| board.version == since)
            .expect("no thread panics while it holds the board");
        let Shown { reports, line, told, words, pages } = &board.shown;
        let words: serde_json::Map<_, _> =
            words.iter().map(|(key, word)| (key.to_string(), word.clone().into())).collect();
        serde_json::json!({
            "version": board.version, "pages": pages, "reports": reports, "line": line, "told": told, "words": words,
        })
        .to_string()
    }

    /// A page of a report. Nothing else in the folder is given out.
    fn file(&self, path: &str) -> Response<Cursor<Vec<u8>>> {
        let is_page = |report: &Listed| {
            report.pdf.as_deref() == Some(path) || report.pages.iter().any(|page| page == path)
        };
        if !self.board().shown.reports.iter().any(is_page) {
            return status(404);
        }
        let kind = if path.ends_with(".pdf") { "application/pdf" } else { "image/png" };
        match fs::read(self.out.join(path)) {
            Ok(bytes) => with_head(Response::from_data(bytes), kind),
            Err(error) if error.kind() == io::ErrorKind::NotFound => status(404),
            Err(_) => status(500),
        }
    }
}

/// A path with its `%xx` read.
fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut read, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let code = path.get(at + 1..at + 3).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code.filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                read.push(byte);
                at += 3;
            }
            None => {
                read.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&read).into_owned()
}

fn status(code: u16) -> Response<Cursor<Vec<u8>>> {
    with_head(Response::from_data(Vec::new()).with_status_code(code), "text/plain")
}

fn text(kind: &str, text: String) -> Response<Cursor<Vec<u8>>> {
    with_head(Response::from_data(text.into_bytes()), kind)
}

fn with_head(response: Response<Cursor<Vec<u8>>>, kind: &str) -> Response<Cursor<Vec<u8>>> {
    let policy = "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'";
    [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", policy),
    ]
    .into_iter()
    .filter_map(|(field, value)| Header::from_bytes(field, value).ok())
    .fold(response, Response::with_header)
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpStream,
    };

    use super::*;

    /// The status and the body of an answer.
    fn ask(server: &Server, path: &str, host: Option<&str>) -> (String, String) {
        let mut stream = TcpStream::connect(&server.0.address).expect("the page is there");
        let host = host.unwrap_or(&server.0.address);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.split_whitespace().nth(1).unwrap_or_default().to_string(), body.to_string())
    }

    fn server() -> (Server, PathBuf) {
        let out = std::env::temp_dir().join(format!(
            "kvarter-page-{}-{:?}",
            std::process::id(),
            thread::current().id()
        ));
        fs::create_dir_all(out.join("områder")).expect("a folder");
        fs::write(out.join("områder/a b.pdf"), "a page").expect("written");
        fs::write(out.join("manifest.json"), "{}").expect("written");
        (Server::open(0, out.clone()).unwrap_or_else(|error| panic!("{error}")), out)
    }

    #[test]
    fn pages_of_reports_are_given_out_and_nothing_else() {
        let (server, out) = server();
        let pdf = Some("områder/a b.pdf".to_string());
        let listed =
            Listed { name: "a".into(), title: "A".into(), group: String::new(), pdf, pages: Vec::new() };
        server.show(|shown| shown.reports.push(listed));
        assert_eq!(ask(&server, "/out/omr%C3%A5der/a%20b.pdf?v=1", None), ("200".into(), "a page".into()));
        for path in ["/out/manifest.json", "/out/../../etc/passwd", "/out/", "/x"] {
            assert_eq!(ask(&server, path, None).0, "404", "{path}");
        }
        assert!(ask(&server, "/", None).1.contains("/page.js"));
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn who_comes_by_another_name_is_refused() {
        let (server, out) = server();
        assert_eq!(ask(&server, "/", Some("somewhere.example")).0, "403");
        let port = server.0.address.rsplit(':').next().expect("a port");
        assert_eq!(ask(&server, "/", Some(&format!("localhost:{port}"))).0, "200");
        fs::remove_dir_all(out).expect("removed");
    }

    #[test]
    fn whoever_waits_for_the_next_state_is_told_when_it_is_there() {
        let (server, out) = server();
        server.show(|shown| shown.line = "first".into());
        let (_, first) = ask(&server, "/state?since=0", None);
        assert!(first.contains("\"first\"") && first.contains("\"version\":1"), "{first}");
        let (_, second) = thread::scope(|scope| {
            let waiting = scope.spawn(|| ask(&server, "/state?since=1", None));
            thread::sleep(Duration::from_millis(50));
            assert!(!waiting.is_finished(), "there is nothing new yet");
            server.show(|shown| shown.line = "second".into());
            waiting.join().expect("answered")
        });
        assert!(second.contains("\"second\"") && second.contains("\"version\":2"), "{second}");
        fs::remove_dir_all(out).expect("removed");
    }
}
