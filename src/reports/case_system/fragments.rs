//! A field as an HTML fragment and as plain text, to be pasted into a case system.
//!
//! HTML has tags that say what a piece is and nothing of how it looks: the system has its own style. A picture cannot be pasted
//! with the text, so its alt text stands in its place. Names of fields are `h2`, headings inside are `h3`.

use std::fmt::Write;

use super::{
    super::{
        context::{Context, Said},
        paper::Block,
    },
    Content, with_captions,
};
use crate::{
    numbers::NO_BREAK,
    words::{Rich, Slots},
};

/// A field as HTML.
pub(super) fn html(context: &Context, heading: Option<&str>, content: &Content) -> Said<String> {
    let mut html = heading.map_or(String::new(), |heading| element("h2", &escaped(heading)));
    match content {
        Content::Title(title) => html.push_str(&element("p", &escaped(title))),
        Content::Blocks(blocks) => {
            for (block, is_said) in with_captions(blocks) {
                html.push_str(&block_html(context, block, is_said)?);
            }
        }
    }
    Ok(html)
}

/// A field as plain text: pieces with an empty line between.
pub(super) fn text(context: &Context, heading: Option<&str>, content: &Content) -> Said<String> {
    let mut pieces: Vec<String> = heading.iter().map(ToString::to_string).collect();
    match content {
        Content::Title(title) => pieces.push(title.to_string()),
        Content::Blocks(blocks) => {
            for (block, is_said) in with_captions(blocks) {
                pieces.push(block_text(context, block, is_said)?);
            }
        }
    }
    Ok(pieces.join("\n\n").replace(NO_BREAK, " ") + "\n")
}

/// What the planner has to write.
pub(super) fn to_be_filled(context: &Context, what: &str) -> Said<String> {
    context.words.line("case-system/to-be-filled", &Slots::new().text("what", what))
}

/// What stands in the place of a picture.
fn told(context: &Context, title: &str, alt: &str, is_said: bool) -> Said<String> {
    let title = if is_said { "" } else { title.trim_end_matches('.') };
    let slots = Slots::new().text("title", title).text("alt", alt);
    context.words.line("case-system/figure", &slots)
}

fn block_html(context: &Context, block: &Block, is_said: bool) -> Said<String> {
    Ok(match block {
        Block::Heading(heading) => element("h3", &escaped(heading)),
        Block::Paragraph(rich) => element("p", &rich_html(rich)),
        Block::Numbered(points) => element("ol", &items(points)),
        Block::Bullets(points) => element("ul", &items(points)),
        Block::Table { caption, head, rows, note } => {
            let note = note.as_ref().map_or(String::new(), |note| element("p", &rich_html(note)));
            table((!is_said).then_some(caption), head, rows) + &note
        }
        Block::Figure { title, alt, .. } => element("p", &escaped(&told(context, title, alt, is_said)?)),
        Block::ToBeFilled(what) => element("p", &escaped(&to_be_filled(context, what)?)),
    })
}

fn table(caption: Option<&str>, head: &[String], rows: &[Vec<Rich>]) -> String {
    let caption = caption.map_or(String::new(), |caption| element("caption", &escaped(caption)));
    let mut table = format!("<table>\n{caption}<thead>\n<tr>");
    for name in head {
        // Writing to a string cannot fail.
        let _ = write!(table, "<th scope=\"col\">{}</th>", escaped(name));
    }
    table.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        table.push_str("<tr>");
        for (i, cell) in row.iter().enumerate() {
            let cell = rich_html(cell);
            let _ = match i {
                0 => write!(table, "<th scope=\"row\">{cell}</th>"),
                _ => write!(table, "<td>{cell}</td>"),
            };
        }
        table.push_str("</tr>\n");
    }
    table + "</tbody>\n</table>\n"
}

fn items(points: &[Rich]) -> String {
    points.iter().fold("\n".to_string(), |list, point| list + &element("li", &rich_html(point)))
}

fn element(tag: &str, inside: &str) -> String {
    format!("<{tag}>{inside}</{tag}>\n")
}

fn rich_html(rich: &Rich) -> String {
    let run = |run: &crate::words::Run| match run.bold {
        true => format!("<strong>{}</strong>", escaped(&run.text)),
        false => escaped(&run.text),
    };
    rich.runs().iter().map(run).collect()
}

/// Text as HTML and XML: nothing in it is markup. Control characters, which neither may hold, are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(' '),
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn block_text(context: &Context, block: &Block, is_said: bool) -> Said<String> {
    let list = |points: &[Rich], mark: &dyn Fn(usize) -> String| {
        let lines = points.iter().enumerate().map(|(i, point)| format!("{} {}", mark(i), point.plain()));
        lines.collect::<Vec<_>>().join("\n")
    };
    Ok(match block {
        Block::Heading(heading) => heading.clone(),
        Block::Paragraph(rich) => rich.plain(),
        Block::Numbered(points) => list(points, &|i| format!("{}.", i + 1)),
        Block::Bullets(points) => list(points, &|_| "-".to_string()),
        Block::Table { caption, head, rows, note } => {
            let mut lines: Vec<String> = (!is_said).then(|| caption.clone()).into_iter().collect();
            for row in rows {
                lines.push(row_text(context, head, row)?);
            }
            lines.extend(note.iter().map(Rich::plain));
            lines.join("\n")
        }
        Block::Figure { title, alt, .. } => told(context, title, alt, is_said)?,
        Block::ToBeFilled(what) => to_be_filled(context, what)?,
    })
}

/// A row with the head of every cell before it: columns of spaces do not survive a proportional font.
fn row_text(context: &Context, head: &[String], row: &[Rich]) -> Said<String> {
    let mut cells = Vec::new();
    for (name, cell) in head.iter().zip(row).skip(1).filter(|(_, cell)| !cell.plain().is_empty()) {
        let slots = Slots::new().text("name", name).text("value", cell.plain());
        cells.push(context.words.line("case-system/cell", &slots)?);
    }
    let first = row.first().map_or(String::new(), Rich::plain);
    let slots = Slots::new().text("name", first).text("value", cells.join("; "));
    Ok(format!("- {}", context.words.line("case-system/cell", &slots)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::case_system::sample;

    #[test]
    fn a_field_as_html_has_tags_of_meaning_alone_and_scopes_on_heads() {
        sample::with(|context| {
            let paper = sample::paper();
            let content = Content::Blocks(&paper.fields[2].blocks);
            let html = html(context, Some("Sagsfremstilling"), &content).expect("the texts are there");
            assert!(html.starts_with("<h2>Sagsfremstilling</h2>\n<h3>"), "{html}");
            assert!(html.contains("<th scope=\"col\">Område</th>"), "{html}");
            assert!(html.contains("<tr><th scope=\"row\">Grønnevang</th><td>"), "{html}");
            assert!(html.contains("<p>Figur: Tre områder følges. Kortet viser"), "{html}");
            let tags: std::collections::BTreeSet<&str> = html
                .split('<')
                .skip(1)
                .map(|tag| tag.split(['>', ' ']).next().unwrap_or_default().trim_start_matches('/'))
                .collect();
            let known = [
                "h2", "h3", "p", "ol", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td",
                "strong",
            ];
            assert!(tags.iter().all(|tag| known.contains(tag)), "{tags:?}");
            assert!(!html.contains("style") && !html.contains("class="), "{html}");
        });
    }

    #[test]
    fn a_caption_is_left_out_where_the_heading_before_it_says_the_same() {
        sample::with(|context| {
            let table = || Block::Table {
                caption: "Områderne".into(),
                head: vec!["Område".into()],
                rows: vec![vec![Rich::marked("Grønnevang")]],
                note: None,
            };
            let map =
                Block::Figure { path: "/map.svg", title: "Kort".into(), alt: "Et kort.".into(), width: 9.0 };
            let heading = |heading: &str| Block::Heading(heading.into());
            let blocks = [heading("Områderne"), table(), table(), heading("Kort"), map];
            let html = html(context, None, &Content::Blocks(&blocks)).expect("said");
            assert_eq!(html.matches("<caption>Områderne</caption>").count(), 1, "{html}");
            assert!(html.ends_with("<h3>Kort</h3>\n<p>Figur: Et kort.</p>\n"), "{html}");
        });
    }

    #[test]
    fn nothing_in_a_text_is_read_as_markup() {
        sample::with(|context| {
            let title = "A & B <script> \"x\" 'y'\u{1}";
            let html = html(context, None, &Content::Title(title)).expect("the texts are there");
            assert_eq!(html, "<p>A &amp; B &lt;script&gt; &quot;x&quot; &#39;y&#39;</p>\n");
        });
    }

    #[test]
    fn bold_is_strong_and_lists_keep_their_kind() {
        sample::with(|context| {
            let paper = sample::paper();
            let html =
                |i: usize| html(context, None, &Content::Blocks(&paper.fields[i].blocks)).expect("said");
            assert!(html(0).contains("<strong>Grønnevang</strong>"), "{}", html(0));
            assert!(html(1).contains("<ol>\n<li>"), "{}", html(1));
            assert!(html(4).contains("<ul>\n<li>"), "{}", html(4));
        });
    }

    #[test]
    fn a_field_as_text_names_every_cell_and_has_ordinary_spaces() {
        sample::with(|context| {
            let paper = sample::paper();
            let text = text(context, None, &Content::Blocks(&paper.fields[2].blocks)).expect("said");
            assert!(
                text.contains("- Grønnevang: Status: parallelsamfund; Afstand: 3,2 procentpoint\n"),
                "{text}"
            );
            assert!(!text.contains(NO_BREAK) && text.ends_with(".\n"), "{text}");
        });
    }

    #[test]
    fn what_the_planner_has_to_write_stands_in_brackets() {
        sample::with(|context| {
            let paper = sample::paper();
            let text = text(context, None, &Content::Blocks(&paper.fields[3].blocks)).expect("said");
            assert_eq!(text, "[Udfyldes: udgifter og bevilling]\n");
        });
    }
}
