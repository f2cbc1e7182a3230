//! Writes papers of every design and language into a folder, for people to look at; long ones only into a folder that is
//! named, because unoptimized they take seconds.

#![expect(clippy::print_stdout, reason = "an example tells what it wrote")]

#[path = "../tests/it/samples.rs"]
mod samples;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use kernel::Locale;
use pdf::{Document, State};

fn main() -> Result<(), Box<dyn Error>> {
    let named = std::env::args_os().nth(1).map(PathBuf::from);
    let lengths: &[usize] = if named.is_some() { &[1, 12, 300] } else { &[1, 12] };
    let folder = named.unwrap_or_else(default_folder);
    std::fs::create_dir_all(&folder)?;
    for (name, design, accent) in samples::DESIGNS {
        for locale in Locale::ALL {
            let accented =
                |document: Document| Ok::<_, pdf::Error>(Document { accent: accent.parse()?, ..document });
            for lines in lengths.iter().copied() {
                let document = accented(samples::invoice(design, locale, lines))?;
                write(&folder, &format!("{name}-{}-{lines:03}", locale.tag()), &document)?;
            }
            let paid =
                samples::settled(samples::invoice(design, locale, 2), State::PartiallyPaid, 10_000_000);
            write(&folder, &format!("{name}-{}-partially-paid", locale.tag()), &accented(paid)?)?;
            let note = accented(samples::credit_note(design, locale))?;
            write(&folder, &format!("{name}-{}-credit-note", locale.tag()), &note)?;
            let receipt = accented(samples::receipt(design, locale))?;
            write(&folder, &format!("{name}-{}-receipt", locale.tag()), &receipt)?;
        }
    }
    Ok(())
}

fn default_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pdf-samples")
}

fn write(folder: &Path, name: &str, document: &Document) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let bytes = pdf::render(document)?;
    let file = folder.join(name).with_extension("pdf");
    std::fs::write(&file, &bytes)?;
    println!(
        "{:>7.1} ms {:>8} bytes  {}",
        started.elapsed().as_secs_f64() * 1_000.0,
        bytes.len(),
        file.display()
    );
    Ok(())
}
