//! The draft page: the flow of data as plain Markdown, to be pasted into the record of processing or a DPIA.

use std::collections::BTreeSet;

use super::{Entry, Record, Rule};
use crate::{
    catalogue::{Catalogue, Language, PrivacyField, Sensitivity},
    diagnostics::Diagnostic,
    reports::{Typesetter, words},
    sources::Use,
    words::{Slots, Words},
};

/// Names of populations that stand beside a column; of more only the number is told.
const NAMED: usize = 4;

/// The page in Danish, the language of the record that it becomes a part of.
///
/// # Errors
/// A mistake in the catalogue's own texts.
pub fn page(catalogue: &Catalogue, record: &Record<'_>) -> Result<String, Vec<Diagnostic>> {
    let typesetter = Typesetter::open(&catalogue.folder, catalogue.about.edition.value)?;
    let words = words(&typesetter, Language::Danish)?;
    Page { catalogue, words }.whole(record).map_err(|error| vec![error])
}

type Said<T> = Result<T, Diagnostic>;

struct Page<'a> {
    catalogue: &'a Catalogue,
    words: Words,
}

/// A row of a Markdown table.
fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a Markdown table.
fn head(cells: &[String]) -> String {
    format!("{}|{}\n", row(cells), "---|".repeat(cells.len()))
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

impl Page<'_> {
    fn text(&self, name: &str) -> Said<String> {
        self.fill(name, &Slots::new())
    }

    fn fill(&self, name: &str, slots: &Slots) -> Said<String> {
        self.words.line(&format!("privacy/{name}"), slots)
    }

    fn texts<const N: usize>(&self, names: [&str; N]) -> Said<Vec<String>> {
        names.iter().map(|name| self.text(name)).collect()
    }

    fn whole(&self, record: &Record<'_>) -> Said<String> {
        let about = &self.catalogue.about;
        let title = Slots::new().text("title", about.title.in_language(Language::Danish));
        let edition = Slots::new().text("edition", about.edition.value.to_string());
        let fills = Slots::new().text("mark", self.text("mark")?).text("missing", self.text("missing")?);
        let mut page = format!(
            "# {}\n\n{}\n\n{}\n\n## {}\n\n",
            self.fill("title", &title)?,
            self.fill("draft", &edition)?,
            self.fill("who-fills", &fills)?,
            self.text("flow")?
        );
        page.push_str(&head(&self.texts([
            "source",
            "provider",
            "sensitivity",
            "columns",
            "populations",
            "indicators",
            "outputs",
        ])?));
        let read: Vec<&Entry<'_>> = record.sources.iter().filter(|entry| entry.is_read()).collect();
        for entry in &read {
            page.push_str(&row(&self.flow(entry)?));
        }
        for entry in &read {
            page.push_str(&self.source(entry)?);
        }
        for (heading, points) in [
            ("leaves", ["leaves-reports", "leaves-nothing-else"].as_slice()),
            ("stays", &["stays-files", "stays-internal"]),
            ("decides", &["decides-basis", "decides-dpia", "decides-release"]),
        ] {
            page.push_str(&format!("\n## {}\n\n", self.text(heading)?));
            for point in points {
                page.push_str(&format!("- {}\n", self.text(point)?));
            }
        }
        Ok(page)
    }

    /// A source's line in the table of the flow.
    fn flow(&self, entry: &Entry<'_>) -> Said<Vec<String>> {
        let said = |text: &crate::catalogue::Text| text.in_language(Language::Danish).to_string();
        let columns = match &entry.reading {
            Some(reading) => {
                let slots = Slots::new()
                    .count("read", reading.columns.len() as i64)
                    .count("all", reading.width() as i64);
                self.fill("columns-of", &slots)?
            }
            None => self.text("no-file")?,
        };
        let reports = entry.reports.iter().filter_map(|id| self.catalogue.reports.get(*id)?.title.as_ref());
        let reports: Vec<String> = reports.map(said).collect();
        let outputs = if entry.is_published() {
            self.text("published")?
        } else if entry.indicators.is_empty() {
            self.text("helps")?
        } else {
            self.fill("open-results", &Slots::new().list("reports", reports))?
        };
        Ok(vec![
            format!("{} ({})", said(&entry.source.title), code(entry.id.as_str())),
            entry.source.provider.as_ref().map(said).unwrap_or_default(),
            self.sensitivity(entry.source.sensitivity)?,
            columns,
            entry.populations.len().to_string(),
            entry.indicators.len().to_string(),
            outputs,
        ])
    }

    fn sensitivity(&self, sensitivity: Sensitivity) -> Said<String> {
        self.text(match sensitivity {
            Sensitivity::Person => "person",
            Sensitivity::Aggregate => "aggregate",
            Sensitivity::Public => "public",
        })
    }

    /// A source's own section.
    fn source(&self, entry: &Entry<'_>) -> Said<String> {
        let title = entry.source.title.in_language(Language::Danish);
        let mut page = format!("\n## {title} ({})\n\n", code(entry.id.as_str()));
        page.push_str(&self.record(entry)?);
        for (category, names) in &entry.undeclared {
            let slots = Slots::new()
                .text("category", self.text(&format!("special-{}", category.word()))?)
                .list("names", names.iter().map(|name| code(name)));
            page.push_str(&format!("\n{}\n", self.fill("suggests", &slots)?));
        }
        if let Some(reading) = &entry.reading {
            page.push('\n');
            page.push_str(&head(&self.texts(["column", "used-for"])?));
            for (name, uses) in &reading.columns {
                page.push_str(&row(&[code(name), self.uses(uses)?]));
            }
            let names = |names: &[String]| Slots::new().list("names", names.iter().map(|name| code(name)));
            let unused = if reading.unused.is_empty() {
                self.text("all-used")?
            } else {
                self.fill("unused", &names(&reading.unused))?
            };
            page.push_str(&format!("\n{unused}\n"));
            if !reading.cpr_like.is_empty() {
                page.push_str(&format!("\n{}\n", self.fill("cpr", &names(&reading.cpr_like))?));
            }
        }
        if !entry.populations.is_empty() {
            let names = entry.populations.iter().map(|id| code(id.as_str()));
            page.push_str(&format!("\n{}\n", self.fill("counted", &Slots::new().list("names", names))?));
        }
        if !entry.indicators.is_empty() {
            let indicators = entry.indicators.iter().filter_map(|id| self.catalogue.indicator(id));
            let names = indicators.map(|one| one.title.in_language(Language::Danish));
            page.push_str(&format!("\n{}\n", self.fill("made", &Slots::new().list("names", names))?));
            page.push_str(&format!("\n{}:\n\n", self.text("rules")?));
        }
        for (rule, number) in &entry.rules {
            page.push_str(&format!("- {}\n", self.rule(rule, *number)?));
        }
        Ok(page)
    }

    /// What the record of processing says, field by field, and who says it.
    fn record(&self, entry: &Entry<'_>) -> Said<String> {
        let mut page = head(&self.texts(["field", "says", "by"])?);
        let program = self.text("program")?;
        page.push_str(&row(&[
            self.text("sensitivity")?,
            self.sensitivity(entry.source.sensitivity)?,
            self.text("mark")?,
        ]));
        for field in PrivacyField::ALL {
            let given = entry.source.privacy.as_ref().and_then(|privacy| privacy.given(field));
            let cells = match given {
                Some(text) => [text.in_language(Language::Danish).trim().to_string(), self.text("mark")?],
                None if entry.missing.contains(&field) => self.to_fill(entry, field.word())?,
                None => continue,
            };
            let [says, by] = cells;
            page.push_str(&row(&[self.text(field.word())?, says, by]));
        }
        let special: Vec<String> = entry
            .special()
            .iter()
            .map(|category| self.text(&format!("special-{}", category.word())))
            .collect::<Said<_>>()?;
        let special = match entry.source.sensitivity {
            _ if !special.is_empty() => Some([special.join("; "), self.text("mark")?]),
            Sensitivity::Public => None,
            _ => Some(self.to_fill(entry, "special-categories")?),
        };
        if let Some([says, by]) = special {
            page.push_str(&row(&[self.text("special")?, says, by]));
        }
        let columns = self.flow(entry)?.swap_remove(3);
        page.push_str(&row(&[self.text("columns")?, columns, program]));
        Ok(page)
    }

    /// What stands where the municipality has written nothing.
    fn to_fill(&self, entry: &Entry<'_>, field: &str) -> Said<[String; 2]> {
        let slots = Slots::new().text("field", field).text("source", entry.id.as_str());
        Ok([self.fill("to-fill", &slots)?, format!("**{}**", self.text("missing")?)])
    }

    fn uses(&self, uses: &BTreeSet<Use>) -> Said<String> {
        let mut said = Vec::new();
        let mut populations = Vec::new();
        for one in uses {
            said.push(match one {
                Use::Period => self.text("use-period")?,
                Use::Age => self.text("use-age")?,
                Use::Filter => self.text("use-filter")?,
                Use::Place => self.text("use-place")?,
                Use::Household => self.text("use-household")?,
                Use::Person => self.text("use-person")?,
                Use::Published => self.text("use-published")?,
                Use::Key(source) => {
                    self.fill("use-key", &Slots::new().text("source", code(source.as_str())))?
                }
                Use::Population(id) => {
                    populations.push(code(id.as_str()));
                    continue;
                }
            });
        }
        if !populations.is_empty() {
            let slots = Slots::new()
                .count("n", populations.len() as i64)
                .count("more", populations.len().saturating_sub(NAMED) as i64)
                .list("names", populations.iter().take(NAMED));
            said.push(self.fill("use-populations", &slots)?);
        }
        Ok(said.join("; "))
    }

    fn rule(&self, rule: &Rule, number: usize) -> Said<String> {
        let usual = rule.usual;
        let slots = Slots::new()
            .count("n", number as i64)
            .count("at_least", usual.at_least.into())
            .flag("complement", usual.complement)
            .count("group", usual.group.into())
            .flag("zero", usual.zero)
            .count("p", usual.p_percent.into())
            .count("households", usual.households.into())
            .count("persons", usual.persons.into())
            .count("residents", usual.residents.into())
            .count("by_law", rule.by_law.into());
        self.fill("rule", &slots)
    }
}
