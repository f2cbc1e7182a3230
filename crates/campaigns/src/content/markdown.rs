//! Markdown as HTML. Fields stand in it as marks while it is read, so that nothing filled in is ever Markdown.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html as writer};

use super::field::Piece;
use crate::PreflightFault;

/// Around the number of a field. They belong to no script, and no author's text keeps them.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

/// The text without what marks fields here.
pub(super) fn without_marks(text: &str) -> String {
    text.replace([OPEN, CLOSE, '\0'], "\u{fffd}")
}

/// HTML with the same fields as the source. HTML in the source is text like any other; a link that leads nowhere safe
/// is none, and a fault.
pub(super) fn html(source: &[Piece], faults: &mut Vec<PreflightFault>) -> Vec<Piece> {
    let (mut marked, mut fields) = (String::new(), Vec::new());
    for piece in source {
        match piece {
            Piece::Text(text) => marked.push_str(text),
            Piece::Field { .. } => {
                marked.push_str(&format!("{OPEN}{}{CLOSE}", fields.len()));
                fields.push(piece.clone());
            }
        }
    }
    let mut judge = Judge { faults, refused: 0 };
    let events = Parser::new_ext(&marked, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    let mut html = String::with_capacity(marked.len() * 2);
    writer::push_html(&mut html, events.filter_map(|event| judge.look(event)));
    unmarked(&html, &fields)
}

/// Lets events pass, changes them or leaves them out.
struct Judge<'a> {
    faults: &'a mut Vec<PreflightFault>,
    /// Ends of links that are still to be left out.
    refused: usize,
}

impl Judge<'_> {
    fn look<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            Event::Start(Tag::Link { ref dest_url, .. })
                if !is_safe(dest_url, &["https:", "http:", "mailto:"]) =>
            {
                self.refuse(dest_url);
                None
            }
            Event::Start(Tag::Image { ref dest_url, .. }) if !is_safe(dest_url, &["https:"]) => {
                self.refuse(dest_url);
                None
            }
            Event::End(TagEnd::Link | TagEnd::Image) if self.refused > 0 => {
                self.refused -= 1;
                None
            }
            other => Some(other),
        }
    }

    fn refuse(&mut self, place: &CowStr<'_>) {
        self.refused += 1;
        let shown: String = place.replace([OPEN, CLOSE], "").chars().take(60).collect();
        let detail = format!("`{shown}` is no address to link to: whole, with `https:`, and without fields");
        self.faults.push(PreflightFault::error("link_refused", detail));
    }
}

fn is_safe(place: &str, schemes: &[&str]) -> bool {
    let folded = place.to_ascii_lowercase();
    schemes.iter().any(|scheme| folded.starts_with(scheme)) && !place.contains([OPEN, CLOSE])
}

fn unmarked(html: &str, fields: &[Piece]) -> Vec<Piece> {
    let mut parts = html.split(OPEN);
    let mut found = vec![Piece::Text(parts.next().unwrap_or_default().to_owned())];
    for part in parts {
        let (number, text) = part.split_once(CLOSE).unwrap_or(("", part));
        found.extend(number.parse::<usize>().ok().and_then(|number| fields.get(number)).cloned());
        found.push(Piece::Text(text.to_owned()));
    }
    found
}
