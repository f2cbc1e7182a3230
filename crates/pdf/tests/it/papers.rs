use kernel::{Currency, Locale, Money};
use pdf::{Design, Document, Error, Logo, Rendition, State, Subject, render};

use crate::samples::{self, DESIGNS, npr};
use crate::tool;

fn every_kind() -> Vec<(String, Document)> {
    let mut all = Vec::new();
    for (name, design, _) in DESIGNS {
        for locale in Locale::ALL {
            let named = |kind: &str| format!("{name}-{}-{kind}", locale.tag());
            let paid = samples::settled(samples::invoice(design, locale, 12), State::Paid, 68_572_040);
            all.push((named("invoice"), samples::invoice(design, locale, 1)));
            all.push((named("paid"), paid));
            all.push((named("credit-note"), samples::credit_note(design, locale)));
            all.push((named("receipt"), samples::receipt(design, locale)));
        }
    }
    all
}

/// Words of a line of text, whatever the space between.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[test]
fn every_kind_of_paper_is_sound_tagged_and_archival() {
    for (name, document) in every_kind() {
        let file = render(&document).unwrap();
        let said = tool::check(&file, &name);
        assert!(said.contains("No syntax or stream encoding errors"), "{name}: {said}");
        let info = tool::info(&file);
        assert!(info.contains("Tagged:          yes"), "{name}: {info}");
        assert!(info.contains("CreationDate:") && info.contains("Nov 23") && info.contains("2026"), "{info}");
        let metadata = String::from_utf8_lossy(&file);
        assert!(metadata.contains("<pdfaid:part>3</pdfaid:part>"), "{name}");
        assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{name}");
    }
}

#[test]
fn the_same_paper_has_the_same_bytes_and_its_copy_others() {
    for (name, document) in every_kind().into_iter().step_by(3) {
        let first = render(&document).unwrap();
        assert!(first == render(&document.clone()).unwrap(), "{name} differs");
    }
    let original = samples::invoice(Design::Classic, Locale::En, 1);
    let copy = Document { rendition: Rendition::Copy, ..original.clone() };
    let (original, copy) = (render(&original).unwrap(), render(&copy).unwrap());
    assert!(original != copy);
    assert!(!tool::text(&original).contains("Copy of the original"));
    assert!(tool::text(&copy).contains("Copy of the original"));
}

#[test]
fn papers_made_at_once_are_those_made_one_after_the_other() {
    let documents: Vec<_> = every_kind().into_iter().take(4).collect();
    let alone: Vec<_> = documents.iter().map(|(_, document)| render(document).unwrap()).collect();
    let threads: Vec<_> =
        documents.into_iter().map(|(_, document)| std::thread::spawn(move || render(&document))).collect();
    let together: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect();
    assert!(alone == together);
}

#[test]
fn the_figures_are_those_of_the_invoice() {
    let text = tool::text(&render(&samples::invoice(Design::Classic, Locale::En, 12)).unwrap());
    let rows: Vec<_> = text.lines().map(words).collect();
    for row in [
        "1 Espresso machine, two groups 1 2,85,000.00 – 13% 2,85,000.00",
        "2 Coffee beans, Gulmi, medium roast 24.5 kg 1,850.00 – 13% 45,325.00",
        "6 Milk jug, stainless steel 6 1,450.00 435.00 13% 8,265.00",
        "8 Fresh milk 85.75 l 110.00 – Exempt 9,432.50",
        "12 Service contract, one year 1 48,000.00 4,800.00 13% 43,200.00",
    ] {
        assert!(rows.contains(&words(row)), "{row}\n{text}");
    }
    let sums = [
        "Subtotal 6,08,262.50",
        "VAT 13% on 5,95,830.00 77,457.90",
        "Exempt on 12,432.50 0.00",
        "Total NPR 6,85,720.40",
    ];
    for sum in sums {
        assert!(rows.iter().any(|row| row.ends_with(&words(sum))), "{sum}\n{text}");
    }
    let all = words(&text).join(" ");
    assert!(all.contains("23 November 2026") && all.contains("7 Mangsir 2083 BS"), "{text}");
    assert!(all.contains("609784215") && all.contains("301224578") && all.contains("Page 1 of 1"), "{text}");
}

#[test]
fn a_nepali_reader_finds_his_words_and_digits() {
    let text = tool::text(&render(&samples::invoice(Design::Modern, Locale::Ne, 12)).unwrap());
    for expected in [
        "कर बीजक",
        "हिमाल ट्रेडर्स प्रा. लि.",
        "काठमाडौँ ४४६००, नेपाल",
        "२०८३ मंसिर ७",
        "ई.सं. २०२६ नोभेम्बर २३",
        "६,०८,२६२.५०",
        "रु. ६,८५,७२०.४०",
        "छ लाख पचासी हजार सात सय बीस रुपैयाँ चालीस पैसा मात्र",
        "सेवा सम्झौता, एक वर्ष",
        "पृष्ठ १ / १",
    ] {
        assert!(words(&text).join(" ").contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn three_hundred_lines_repeat_the_head_and_count_the_pages() {
    for (name, design, _) in DESIGNS {
        let text = tool::text(&render(&samples::invoice(design, Locale::En, 300)).unwrap());
        let pages: Vec<_> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
        let mut place = 0;
        for (at, page) in pages.iter().enumerate() {
            let count = format!("Page {} of {}", at + 1, pages.len());
            assert!(page.contains(&count), "{name}: no `{count}`");
            let heads =
                page.lines().filter(|line| words(line).starts_with(&["#", "Description", "Qty"])).count();
            let before = place;
            let next = |place: usize| (place + 1).to_string();
            for line in page.lines().map(words) {
                if line.first() == Some(&next(place).as_str()) && line.len() > 4 {
                    place += 1;
                }
            }
            assert_eq!(heads, usize::from(place > before), "{name}, page {}", at + 1);
        }
        assert_eq!(place, 300, "{name}");
        let closing: Vec<_> = pages.iter().filter(|page| page.contains("Subtotal")).collect();
        assert_eq!(closing.len(), 1, "{name}");
        assert!(closing[0].contains("NPR 1,71,43,010.00") && closing[0].contains("In words"), "{name}");
    }
}

#[test]
fn a_paper_says_where_its_invoice_stands() {
    for (state, paid, said) in [
        (State::Overdue, 0, "Overdue"),
        (State::PartiallyPaid, 100_000, "Partially paid"),
        (State::Paid, 32_205_000, "Paid"),
        (State::Void, 0, "Void"),
    ] {
        let document = samples::settled(samples::invoice(Design::Modern, Locale::En, 1), state, paid);
        let text = tool::text(&render(&document).unwrap());
        assert!(text.contains(said), "{said}\n{text}");
        assert_eq!(
            text.contains("Amount due"),
            matches!(state, State::Overdue | State::PartiallyPaid | State::Paid)
        );
    }
}

#[test]
fn one_paper_has_one_currency() {
    let mut document = samples::invoice(Design::Classic, Locale::En, 2);
    let Subject::Invoice { charges, .. } = &mut document.subject else { panic!("an invoice") };
    let dollar = Currency::parse("currency", "USD").unwrap();
    charges.lines[1].amount = Money { currency: dollar, ..npr(1) };
    let refused = Error::MixedCurrencies { expected: Currency::NPR, found: dollar };
    assert_eq!(render(&document), Err(refused));
}

#[test]
fn a_logo_is_an_image_of_a_reasonable_size() {
    let png = include_bytes!("logo.png").to_vec();
    let mut wide = png.clone();
    wide[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>"#.to_vec();
    for (name, bytes) in
        [("nothing", Vec::new()), ("svg", svg), ("wide", wide), ("text", b"GIF89a no".to_vec())]
    {
        assert!(matches!(Logo::parse(bytes), Err(Error::NoLogo { .. })), "{name}");
    }
    let heavy = [png.clone(), vec![0; 3 * 1024 * 1024]].concat();
    assert!(Logo::parse(heavy).is_err());
    let broken = Logo::parse(png[..1_000].to_vec()).unwrap();
    let document = Document { logo: Some(broken), ..samples::invoice(Design::Compact, Locale::En, 1) };
    assert!(matches!(render(&document), Err(Error::Typesetting(_))));
}
