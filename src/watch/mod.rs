//! Building again and again while somebody works on catalogue, templates, texts, comments or data.
//!
//! A [`Session`] keeps what is computed. When only templates or texts have changed, reports are rendered from it; when comments
//! have, they are read again; when anything else has, everything is computed anew, always over everything. A mistake is told, and
//! the pages of the last good build stay. [`Wake`] says when to look, [`Snapshot`] what has changed, [`Server`] shows the pages.

mod server;
mod session;
mod snapshot;
mod wake;

pub use server::{Listed, Server, Shown};
pub use session::{Round, Session};
pub use snapshot::{Kind, Snapshot};
pub use wake::Wake;
