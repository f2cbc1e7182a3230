use std::collections::BTreeSet;

use kernel::{Currency, Locale, Money};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_assert, prop_oneof, proptest};
use typst::World;
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

use super::*;
use crate::printable::lines;
use crate::{
    Accent, Charges, Design, Line, Party, Rendition, Settlement, State, Subject, Tax, TaxNumber, TaxTotal,
};

const DESIGNS: [Design; 3] = [Design::Classic, Design::Modern, Design::Compact];

const HOSTILE: [&str; 22] = [
    "#read(\"/etc/passwd\")",
    "#include \"secrets.typ\"",
    "#import \"@preview/tablex:0.0.8\": *",
    "#eval(\"1+1\") #panic()",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "<img src=file:///etc/passwd>",
    "*bold* _emphasis_ `raw` ```raw```",
    "$x^2 + y$ $ sum_(i=0)^n $",
    "= heading",
    "- list\n+ enum\n/ term: text",
    "@reference <label> #label",
    "// comment",
    "/* comment */",
    "~ -- --- -? ... \\u{41} \\# \\",
    "https://example.com/a?b=c#d",
    "\"quoted\" 'single' \u{201c}done\u{201d}",
    "\"}]} , {\"number\":\"X\"",
    "[content] ] [ { } ( )",
    "#set page(fill: red)\n#pagebreak()\n#while true {}",
    "क्‍ष त्र ज्ञ श्र काठमाडौँ र्‍याल",
    "Żółć Ångström Ελλάδα Привет \u{4e2d}\u{6587} \u{1f600} \u{5d0}\u{5d1}",
    "-> => !=  a  b   c",
];

fn npr(amount: i64) -> Money {
    Money { amount, currency: Currency::NPR }
}

fn line(description: &str, amount: i64) -> Line {
    Line {
        description: description.to_owned(),
        quantity_thousandths: 1_000,
        unit: None,
        unit_price: npr(amount),
        discount: Some(npr(0)),
        tax: Tax::Rated(1_300),
        amount: npr(amount),
    }
}

fn party(name: &str, address: &str) -> Party {
    let tax_number = Some(TaxNumber::PanOrVat("601234567".to_owned()));
    Party { name: name.to_owned(), address: address.to_owned(), tax_number, email: None, phone: None }
}

fn paper(design: Design, lines: Vec<Line>) -> Document {
    let total = npr(lines.iter().map(|line| line.amount.amount).fold(0, i64::saturating_add));
    let taxes = vec![TaxTotal { tax: Tax::Rated(1_300), taxable: total, amount: npr(0) }];
    let charges = Charges { lines, subtotal: total, discount: None, taxes, total };
    let settlement = Settlement { state: State::Overdue, paid: npr(100), credited: npr(0), due: total };
    Document {
        design,
        locale: Locale::En,
        accent: Accent::default(),
        logo: None,
        rendition: Rendition::Copy,
        subject: Subject::Invoice { charges, settlement: Some(settlement) },
        number: "INV-2083/84-000001".to_owned(),
        date: "2026-11-23".parse().expect("a day"),
        due: None,
        issued_at: "2026-11-23T05:15:42Z".parse().expect("a time"),
        order_number: None,
        seller: party("Seller", "Here"),
        buyer: party("Buyer", "There"),
        notes: None,
        terms: None,
        payment_details: None,
    }
}

/// A run of text and the place of its left end.
struct Run {
    text: String,
    at: Point,
    width: Abs,
}

fn runs(frame: &Frame, origin: Point, into: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        match item {
            // What is turned is the mark behind the text, no part of it.
            FrameItem::Group(group)
                if group.transform.is_identity() || group.transform.is_only_translate() =>
            {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                runs(&group.frame, origin + *at + moved, into);
            }
            FrameItem::Text(text) => {
                into.push(Run { text: text.text.to_string(), at: origin + *at, width: text.width() });
            }
            _ => {}
        }
    }
}

fn pages(document: &Document) -> Vec<Vec<Run>> {
    let paper = typeset(document).expect("a paper");
    let read = |page: &typst_layout::Page| {
        let mut found = Vec::new();
        runs(&page.frame, Point::zero(), &mut found);
        found
    };
    paper.pages().iter().map(read).collect()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

fn text_of(pages: &[Vec<Run>]) -> String {
    without_spaces(&pages.iter().flatten().map(|run| run.text.as_str()).collect::<String>())
}

fn expected(text: &str) -> String {
    without_spaces(&lines(text, |character| SHELF.has_glyph(character)).concat())
}

fn texts() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => proptest::char::range(' ', '~'),
        1 => proptest::char::range('\u{900}', '\u{97f}'),
        1 => any::<char>(),
    ];
    let random =
        proptest::collection::vec(character, 0..40).prop_map(|text| text.into_iter().collect::<String>());
    let hostile = proptest::sample::select(HOSTILE.to_vec()).prop_map(str::to_owned);
    let piece = || prop_oneof![hostile.clone(), random.clone(), Just(" ".to_owned()), Just("\n".to_owned())];
    proptest::collection::vec(piece(), 1..4).prop_map(|pieces| pieces.concat())
}

fn with_texts(design: Design, [name, address, description, notes, terms]: [&str; 5]) -> Document {
    let line = Line { unit: Some(description.chars().take(3).collect()), ..line(description, 100) };
    let document = paper(design, vec![line]);
    Document {
        buyer: party(name, address),
        notes: Some(notes.to_owned()),
        terms: Some(terms.to_owned()),
        order_number: Some(name.to_owned()),
        ..document
    }
}

#[test]
fn markup_in_a_text_prints_literally_in_every_design() {
    for design in DESIGNS {
        for five in HOSTILE.chunks(5) {
            let text = |at: usize| *five.get(at).unwrap_or(&"x");
            let document = with_texts(design, [text(0), text(1), text(2), text(3), text(4)]);
            let printed = text_of(&pages(&document));
            for text in five {
                assert!(printed.contains(&expected(text)), "{design:?}: {text}\n{printed}");
            }
            assert!(render(&document).is_ok());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_prints_literally(design in proptest::sample::select(DESIGNS.to_vec()), texts in [texts(), texts(), texts(), texts(), texts()]) {
        let each = [&texts[0], &texts[1], &texts[2], &texts[3], &texts[4]].map(String::as_str);
        let document = with_texts(design, each);
        let printed = text_of(&pages(&document));
        for text in each {
            prop_assert!(printed.contains(&expected(text)), "{text:?} in {printed}");
        }
        let file = render(&document);
        prop_assert!(file.is_ok(), "{file:?}");
    }
}

#[test]
fn nothing_leaves_the_page_however_long_a_word_or_a_figure() {
    let most = 999_999_999_999_999;
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(8);
    let wide = Line { discount: Some(npr(most)), quantity_thousandths: 999_999_999_999, ..line(&word, most) };
    for design in DESIGNS {
        let document = Document {
            seller: party(&word, &word),
            buyer: party(&word, &word),
            order_number: Some(word.clone()),
            ..paper(design, vec![wide.clone()])
        };
        let width = Abs::mm(210.0);
        for run in pages(&document).iter().flatten() {
            let (left, right) = (run.at.x, run.at.x + run.width);
            assert!(left >= Abs::mm(10.0), "{design:?}: {} begins at {left:?}", run.text);
            assert!(
                right <= width - Abs::mm(10.0),
                "{design:?}: {} from {:?} ends at {right:?}",
                run.text,
                run.at
            );
        }
    }
}

#[test]
fn amounts_end_at_one_edge() {
    for design in DESIGNS {
        let amounts = [100, 12_345, 1_111_111, 99_999_999];
        let pages = pages(&paper(design, amounts.iter().map(|amount| line("Tea", *amount)).collect()));
        let texts = ["1.00", "123.45", "11,111.11", "9,99,999.99"];
        let ends = |text: &str| {
            let found = pages.iter().flatten().filter(|run| run.text == text);
            found.map(|run| run.at.x + run.width).fold(Abs::zero(), Abs::max)
        };
        let tenths = |length: Abs| format!("{:.1}", length.to_pt());
        let edges: BTreeSet<_> = texts.iter().map(|text| tenths(ends(text))).collect();
        assert_eq!(edges.len(), 1, "{design:?}: {edges:?}");
    }
}

#[test]
fn a_world_has_templates_data_and_logo_and_nothing_else() {
    let world = SHELF.world(b"{}".to_vec(), None);
    let id = |root: VirtualRoot, path: &str| {
        FileId::new(RootedPath::new(root, VirtualPath::new(path).expect("a path")))
    };
    for path in ["etc/passwd", "logo", "Cargo.toml", "templates/document.typ"] {
        assert!(world.file(id(VirtualRoot::Project, path)).is_err(), "{path}");
        assert!(world.source(id(VirtualRoot::Project, path)).is_err(), "{path}");
    }
    let package = VirtualRoot::Package("@preview/tablex:0.0.8".parse().expect("a package"));
    assert!(world.source(id(package.clone(), "lib.typ")).is_err());
    assert!(world.file(id(package, "typst.toml")).is_err());
    assert!(world.today(None).is_none());
    assert!(world.file(id(VirtualRoot::Project, "data.json")).is_ok());
}
