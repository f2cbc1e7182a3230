//! The figures of a run: a table for the terminal and the same one for the document.

use std::fmt;

/// What a ratio has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// Reported for its own sake.
    None,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) what: String,
    pub(crate) ours: String,
    /// What it is compared with.
    pub(crate) beside: String,
    pub(crate) ratio: Option<f64>,
    pub(crate) goal: Goal,
}

impl Figure {
    /// A figure that is compared with nothing.
    pub(crate) fn alone(what: &str, ours: String) -> Self {
        Self { what: what.to_owned(), ours, beside: String::new(), ratio: None, goal: Goal::None }
    }

    /// A figure beside another one of the same run.
    pub(crate) fn beside(what: &str, ours: (f64, &str), other: (f64, &str), goal: Goal) -> Self {
        Self {
            what: what.to_owned(),
            ours: format!("{} {}", rounded(ours.0), ours.1),
            beside: format!("{} {}", rounded(other.0), other.1),
            ratio: Some(ours.0 / other.0),
            goal,
        }
    }

    fn cells(&self) -> [String; 6] {
        let ratio = self.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
        let met = |met: bool| if met { "met" } else { "missed" }.to_owned();
        let (goal, verdict) = match (self.goal, self.ratio) {
            (Goal::AtLeast(goal), Some(ratio)) => (format!(">= {goal}"), met(ratio >= goal)),
            (Goal::AtMost(goal), Some(ratio)) => (format!("<= {goal}"), met(ratio <= goal)),
            _ => (String::new(), String::new()),
        };
        [self.what.clone(), self.ours.clone(), self.beside.clone(), ratio, goal, verdict]
    }
}

/// Three digits say enough.
pub(crate) fn rounded(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// The value in the middle: one round that was disturbed does not count.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

const HEAD: [&str; 6] = ["figure", "ours", "beside", "ratio", "goal", ""];

/// All lines of a run, as a table in Markdown that is aligned for the terminal too.
pub(crate) struct Table<'a>(pub(crate) &'a [Figure]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rows = vec![HEAD.map(str::to_owned)];
        rows.extend(self.0.iter().map(Figure::cells));
        let mut widths = [0; HEAD.len()];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for (number, row) in rows.iter().enumerate() {
            line(f, row, &widths)?;
            if number == 0 {
                line(f, &widths.map(|width| "-".repeat(width.max(1))), &widths)?;
            }
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, cells: &[String; 6], widths: &[usize; 6]) -> fmt::Result {
    for (cell, width) in cells.iter().zip(widths) {
        write!(f, "| {cell:width$} ")?;
    }
    writeln!(f, "|")
}

const BEGIN: &str = "<!-- figures: written by the bench -->";
const END: &str = "<!-- end of figures -->";

/// The document with this run's figures in place of those of the last one.
pub(crate) fn replaced(document: &str, figures: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{figures}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_judged_by_the_ratio() {
        let faster = Figure::beside("list", (600.0, "/s"), (100.0, "/s"), Goal::AtLeast(6.0));
        assert_eq!(faster.cells(), ["list", "600 /s", "100 /s", "6.00", ">= 6", "met"]);
        let slower = Figure { goal: Goal::AtMost(1.3), ..faster };
        assert_eq!(slower.cells()[5], "missed");
        assert_eq!(Figure::alone("memory", "41 MB".to_owned()).cells()[3..], ["", "", ""]);
    }

    #[test]
    fn only_the_figures_of_a_document_are_replaced() {
        let document = format!("# Head\n{BEGIN}\nold\n{END}\ntext\n");
        let new = replaced(&document, "| a |\n").expect("both marks");
        assert_eq!(new, format!("# Head\n{BEGIN}\n\n| a |\n\n{END}\ntext\n"));
        assert_eq!(replaced("# Head\n", "| a |\n"), None);
    }
}
