//! Papers of every kind, added up as the law of totals has it.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Currency, Locale, Money};
use pdf::{
    Accent, Charges, Credited, Design, Document, Line, Logo, Party, Payment, Receipt, Rendition, Settlement,
    State, Subject, Tax, TaxNumber, TaxTotal,
};

pub(crate) const DESIGNS: [(&str, Design, &str); 3] = [
    ("classic", Design::Classic, "#1f4e8c"),
    ("modern", Design::Modern, "#0f766e"),
    ("compact", Design::Compact, "#7c2d5b"),
];

pub(crate) const fn npr(amount: i64) -> Money {
    Money { amount, currency: Currency::NPR }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// An invoice with so many lines.
pub(crate) fn invoice(design: Design, locale: Locale, lines: usize) -> Document {
    let charges = charges(locale, lines);
    let settlement = Settlement { state: State::Open, paid: npr(0), credited: npr(0), due: charges.total };
    let say = |en: &str, ne: &str| if locale == Locale::En { en.to_owned() } else { ne.to_owned() };
    Document {
        design,
        locale,
        accent: Accent::default(),
        logo: Some(Logo::parse(include_bytes!("logo.png").to_vec()).expect("an image")),
        rendition: Rendition::Original,
        subject: Subject::Invoice { charges, settlement: Some(settlement) },
        number: "INV-2083/84-000123".to_owned(),
        date: day("2026-11-23"),
        due: Some(day("2026-12-08")),
        issued_at: issued_at(),
        order_number: Some("PO-7741".to_owned()),
        seller: seller(locale),
        buyer: buyer(locale),
        notes: Some(say(
            "Thank you for your order. The warranty runs for twelve months from the day of delivery.",
            "तपाईंको अर्डरका लागि धन्यवाद। डेलिभरीको मितिबाट बाह्र महिनाको वारेन्टी लागू हुनेछ।",
        )),
        terms: Some(say(
            "Payable within 15 days. Interest of 1.5 % a month is charged on late payments.",
            "१५ दिनभित्र भुक्तानी गर्नुपर्नेछ। ढिलो भुक्तानीमा मासिक १.५ प्रतिशत ब्याज लाग्नेछ।",
        )),
        payment_details: Some(say(
            "Nabil Bank Ltd., Durbar Marg\nAccount 0110 0175 0123 45 · SWIFT NARBNPKA\nPlease quote the invoice number.",
            "नबिल बैंक लि., दरबारमार्ग\nखाता नं. ०११० ०१७५ ०१२३ ४५\nकृपया बीजक नम्बर उल्लेख गर्नुहोस्।",
        )),
    }
}

/// A credit note for a part of it.
pub(crate) fn credit_note(design: Design, locale: Locale) -> Document {
    let invoice = invoice(design, locale, 2);
    let Subject::Invoice { charges, .. } = invoice.subject else { panic!("an invoice") };
    let credited = Credited {
        number: invoice.number,
        date: invoice.date,
        reason: match locale {
            Locale::En => "Two items came back unopened.",
            Locale::Ne => "दुई सामान नखोलिएकै अवस्थामा फिर्ता आए।",
        }
        .to_owned(),
    };
    let subject = Subject::CreditNote { charges, credited };
    Document {
        subject,
        number: "CN-2083/84-000007".to_owned(),
        due: None,
        terms: None,
        payment_details: None,
        rendition: Rendition::Copy,
        ..invoice
    }
}

/// A receipt for two payments.
pub(crate) fn receipt(design: Design, locale: Locale) -> Document {
    let invoice = invoice(design, locale, 1);
    let paid = |date, method: &str, reference: Option<&str>, amount| Payment {
        date: day(date),
        method: method.to_owned(),
        reference: reference.map(str::to_owned),
        amount: npr(amount),
    };
    let receipt = Receipt {
        invoice: invoice.number,
        invoice_date: invoice.date,
        invoice_total: npr(14_012_000),
        payments: vec![
            paid("2026-11-25", "Bank transfer", Some("FT26329KXPL"), 10_000_000),
            paid("2026-12-01", "eSewa", Some("0007DHL"), 2_000_000),
        ],
        received: npr(12_000_000),
        due: npr(2_012_000),
    };
    Document {
        subject: Subject::Receipt(receipt),
        number: "RCT-2083/84-000041".to_owned(),
        due: None,
        terms: None,
        payment_details: None,
        ..invoice
    }
}

/// The same invoice at another point of its life.
pub(crate) fn settled(mut document: Document, state: State, paid: i64) -> Document {
    let Subject::Invoice { charges, settlement } = &mut document.subject else { panic!("an invoice") };
    let due = npr(charges.total.amount - paid);
    *settlement = Some(Settlement { state, paid: npr(paid), credited: npr(0), due });
    document
}

fn issued_at() -> DateTime<Utc> {
    "2026-11-23T05:15:42Z".parse().expect("a time")
}

fn seller(locale: Locale) -> Party {
    let (name, address) = match locale {
        Locale::En => ("Himal Traders Pvt. Ltd.", "Putalisadak 28\nKathmandu 44600, Nepal"),
        Locale::Ne => ("हिमाल ट्रेडर्स प्रा. लि.", "पुतलीसडक २८\nकाठमाडौँ ४४६००, नेपाल"),
    };
    Party {
        name: name.to_owned(),
        address: address.to_owned(),
        tax_number: Some(TaxNumber::Vat("609784215".to_owned())),
        email: Some("accounts@himaltraders.example".to_owned()),
        phone: Some("+977 1 4240 111".to_owned()),
    }
}

fn buyer(locale: Locale) -> Party {
    let (name, address) = match locale {
        Locale::En => ("Sagarmatha Hospitality Pvt. Ltd.", "Lakeside 6\nPokhara 33700, Nepal"),
        Locale::Ne => ("सगरमाथा हस्पिटालिटी प्रा. लि.", "लेकसाइड ६\nपोखरा ३३७००, नेपाल"),
    };
    Party {
        name: name.to_owned(),
        address: address.to_owned(),
        tax_number: Some(TaxNumber::Pan("301224578".to_owned())),
        email: Some("procurement@sagarmatha.example".to_owned()),
        phone: None,
    }
}

/// Description, in thousandths, unit, price, discount, taxed.
type Ware = (&'static str, &'static str, i64, &'static str, i64, i64, bool);

const WARES: [Ware; 12] = [
    ("Espresso machine, two groups", "एस्प्रेसो मेसिन, दुई समूह", 1_000, "", 28_500_000, 0, true),
    ("Coffee beans, Gulmi, medium roast", "कफीको दाना, गुल्मी, मध्यम रोस्ट", 24_500, "kg", 185_000, 0, true),
    (
        "Installation on site\nincludes plumbing, descaling filter and a first training of four baristas",
        "जडान कार्य\nप्लम्बिङ, फिल्टर र चार जना बारिस्टाको पहिलो तालिम सहित",
        1_000,
        "",
        1_500_000,
        150_000,
        true,
    ),
    ("Ceramic cups, 180 ml", "सिरामिक कप, १८० मिलि", 120_000, "", 32_500, 0, true),
    ("Saucers", "प्लेट", 120_000, "", 14_000, 0, true),
    ("Milk jug, stainless steel", "दूधको जग, स्टेनलेस स्टिल", 6_000, "", 145_000, 43_500, true),
    ("Grinder, 64 mm burrs", "ग्राइन्डर, ६४ मिमि बर", 2_000, "", 6_450_000, 0, true),
    ("Fresh milk", "ताजा दूध", 85_750, "l", 11_000, 0, false),
    ("Water filter cartridge", "पानी फिल्टर कार्ट्रिज", 4_000, "", 320_000, 0, true),
    ("Cleaning tablets, box of 100", "सफाइ ट्याब्लेट, १०० को बाकस", 3_000, "", 98_000, 0, true),
    ("Handbook for baristas", "बारिस्टाका लागि पुस्तिका", 4_000, "", 75_000, 0, false),
    ("Service contract, one year", "सेवा सम्झौता, एक वर्ष", 1_000, "", 4_800_000, 480_000, true),
];

fn charges(locale: Locale, lines: usize) -> Charges {
    let lines: Vec<_> = WARES.iter().cycle().take(lines).map(|ware| line(ware, locale)).collect();
    let sum = |taxed: bool| -> i64 {
        let alike = lines.iter().filter(|line| (line.tax != Tax::Exempt) == taxed);
        alike.map(|line| line.amount.amount).sum()
    };
    let (taxed, exempt) = (sum(true), sum(false));
    let vat = (taxed * 13 + 50) / 100;
    let rated = TaxTotal { tax: Tax::Rated(1_300), taxable: npr(taxed), amount: npr(vat) };
    let free = TaxTotal { tax: Tax::Exempt, taxable: npr(exempt), amount: npr(0) };
    let taxes = if exempt > 0 { vec![rated, free] } else { vec![rated] };
    let subtotal = taxed + exempt;
    Charges { lines, subtotal: npr(subtotal), discount: None, taxes, total: npr(subtotal + vat) }
}

fn line(ware: &Ware, locale: Locale) -> Line {
    let (en, ne, thousandths, unit, price, discount, taxed) = *ware;
    let description = if locale == Locale::En { en } else { ne };
    let gross = (thousandths * price + 500) / 1_000;
    Line {
        description: description.to_owned(),
        quantity_thousandths: thousandths,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
        unit_price: npr(price),
        discount: (discount > 0).then(|| npr(discount)),
        tax: if taxed { Tax::Rated(1_300) } else { Tax::Exempt },
        amount: npr(gross - discount),
    }
}
