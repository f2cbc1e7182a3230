//! Words for times, in the language of the mail.

use chrono::{DateTime, Datelike, Timelike};
use chrono_tz::Tz;
use minijinja::{Environment, Error, ErrorKind, State};

const MONTHS: [(&str, &str); 12] = [
    ("January", "जनवरी"),
    ("February", "फेब्रुअरी"),
    ("March", "मार्च"),
    ("April", "अप्रिल"),
    ("May", "मे"),
    ("June", "जुन"),
    ("July", "जुलाई"),
    ("August", "अगस्ट"),
    ("September", "सेप्टेम्बर"),
    ("October", "अक्टोबर"),
    ("November", "नोभेम्बर"),
    ("December", "डिसेम्बर"),
];

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("duration", duration);
    environment.add_filter("moment", moment);
    environment.add_filter("day", day);
    environment.add_filter("quoted", quoted);
    environment.add_filter("after", after);
}

fn is_nepali(state: &State<'_, '_>) -> bool {
    state.lookup("lang").is_some_and(|lang| lang.as_str() == Some("ne"))
}

/// `{{ expires_in|duration }}`: minutes in the largest unit that fits, `7 days`; two days and less are told in hours.
/// What is left is counted when the mail is written, a moment late, so a minute short of a round figure is that figure.
fn duration(state: &State<'_, '_>, minutes: i64) -> String {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    let (count, english, nepali) = match minutes.max(1) {
        minutes if minutes > 2 * DAY => ((minutes + DAY / 2) / DAY, "day", "दिन"),
        minutes if minutes >= 2 * HOUR - 1 => ((minutes + HOUR / 2) / HOUR, "hour", "घण्टा"),
        minutes if minutes == HOUR || minutes == HOUR - 1 => (1, "hour", "घण्टा"),
        minutes if minutes % 5 == 4 => (minutes + 1, "minute", "मिनेट"),
        minutes => (minutes, "minute", "मिनेट"),
    };
    if is_nepali(state) {
        return format!("{} {nepali}", devanagari(&count.to_string()));
    }
    format!("{count} {english}{}", if count == 1 { "" } else { "s" })
}

/// `{{ at|moment(time_zone) }}`: `15 January 2026, 14:45 (Asia/Kathmandu)`.
fn moment(state: &State<'_, '_>, at: &str, time_zone: &str) -> Result<String, Error> {
    let local = local(at, time_zone)?;
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    let clock = if is_nepali(state) { devanagari(&clock) } else { clock };
    Ok(format!("{}, {clock} ({time_zone})", date(state, &local)))
}

/// `{{ at|day(time_zone) }}`: `15 January 2026`.
fn day(state: &State<'_, '_>, at: &str, time_zone: &str) -> Result<String, Error> {
    Ok(date(state, &local(at, time_zone)?))
}

/// `{{ excerpt|quoted }}`: every line behind a `>`, as plain-text mail quotes.
fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// `{{ name }}{{ "ले"|after(name) }}`: a Nepali ending grows on to a word of its own script, and stands apart from one
/// of another.
fn after(ending: &str, word: &str) -> String {
    let is_devanagari = |c: char| ('\u{900}'..='\u{97f}').contains(&c);
    if word.ends_with(is_devanagari) { ending.to_owned() } else { format!(" {ending}") }
}

fn local(at: &str, time_zone: &str) -> Result<DateTime<Tz>, Error> {
    let unfit = |what: &'static str| Error::new(ErrorKind::InvalidOperation, what);
    let at =
        DateTime::parse_from_rfc3339(at).map_err(|error| unfit("no RFC 3339 time").with_source(error))?;
    let zone: Tz = time_zone.parse().map_err(|error| unfit("no time zone").with_source(error))?;
    Ok(at.with_timezone(&zone))
}

fn date(state: &State<'_, '_>, local: &DateTime<Tz>) -> String {
    let (english, nepali) = MONTHS.get(local.month0() as usize).copied().unwrap_or_default();
    if is_nepali(state) {
        let (day, year) = (devanagari(&local.day().to_string()), devanagari(&local.year().to_string()));
        return format!("{day} {nepali} {year}");
    }
    format!("{} {english} {}", local.day(), local.year())
}

/// The same number in Devanagari digits.
fn devanagari(number: &str) -> String {
    let digit = |c: char| match c.to_digit(10) {
        Some(value) => char::from_u32(0x0966 + value).unwrap_or(c),
        None => c,
    };
    number.chars().map(digit).collect()
}
