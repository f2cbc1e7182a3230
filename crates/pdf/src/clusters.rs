//! Letters that the typesetter took apart, put together again.
//!
//! Typst makes a piece of text of its own of every glyph that stands higher or lower than its letter, such as the vowel
//! below `छु`, and each of these pieces holds the whole letter: whoever copies, searches or listens reads it twice.

use typst::ecow::EcoVec;
use typst::layout::{Abs, Em, Frame, FrameItem, GroupItem, Point};
use typst::model::Document as _;
use typst::text::{Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

type Placed = (Point, FrameItem);

/// The same pages, where each letter stands in one piece of text.
pub(crate) fn joined(paper: PagedDocument) -> PagedDocument {
    if !paper.pages().iter().any(|page| is_apart(&page.frame)) {
        return paper;
    }
    let pages = paper.pages().iter().map(|page| Page { frame: whole(&page.frame), ..page.clone() });
    let pages: EcoVec<_> = pages.collect();
    PagedDocument::new(pages, paper.info().clone())
}

/// Whether some letter of it is in pieces.
fn is_apart(frame: &Frame) -> bool {
    let mut before: Option<&Placed> = None;
    frame.items().any(|placed| {
        let apart = match (&placed.1, before) {
            (FrameItem::Group(group), _) => is_apart(&group.frame),
            (FrameItem::Text(text), Some((at, FrameItem::Text(first)))) => {
                belongs(first, *at, text, placed.0)
            }
            _ => false,
        };
        before = Some(placed);
        apart
    })
}

fn whole(frame: &Frame) -> Frame {
    let mut items: Vec<Placed> = Vec::with_capacity(frame.items().len());
    for (at, item) in frame.items() {
        match (item, items.last_mut()) {
            (FrameItem::Group(group), _) => {
                let group = GroupItem { frame: whole(&group.frame), ..group.clone() };
                items.push((*at, FrameItem::Group(group)));
            }
            (FrameItem::Text(text), Some((first_at, FrameItem::Text(first))))
                if belongs(first, *first_at, text, *at) =>
            {
                append(first, text, first_at.y - at.y);
            }
            _ => items.push((*at, item.clone())),
        }
    }
    let mut made = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        made.set_baseline(frame.baseline());
    }
    made.push_multiple(items);
    made
}

/// Whether a piece goes on with the letter that the one before it ends with.
fn belongs(first: &TextItem, first_at: Point, next: &TextItem, at: Point) -> bool {
    let (Some(last), Some(glyph)) = (first.glyphs.last(), next.glyphs.first()) else {
        return false;
    };
    let follows = (first_at.x + first.width() - at.x).abs() < Abs::pt(0.01);
    let same_look = first.font == next.font && first.size == next.size && first.fill == next.fill;
    let letter = |text: &TextItem, glyph: &Glyph| text.text.get(glyph.range()).map(str::to_owned);
    let same_letter = last.span == glyph.span && letter(first, last) == letter(next, glyph);
    follows && same_look && same_letter
}

/// Takes over the glyphs of a piece that stands so much higher.
fn append(first: &mut TextItem, next: &TextItem, higher: Abs) {
    let (Some(last), Some(glyph)) = (first.glyphs.last(), next.glyphs.first()) else { return };
    let (start, repeated) = (last.range.start, glyph.range.end);
    let rest = next.text.get(usize::from(repeated)..).unwrap_or_default();
    first.text.push_str(rest);
    let raised = Em::from_abs(higher, first.size);
    let moved = next.glyphs.iter().map(|glyph| {
        let range = glyph.range.start.saturating_add(start)..glyph.range.end.saturating_add(start);
        Glyph { range, y_offset: glyph.y_offset + raised, ..glyph.clone() }
    });
    first.glyphs.extend(moved);
}
