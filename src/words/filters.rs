//! The filters of the texts: numbers, number words, first letters and lists, in the way of the language.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::numbers::{Decimal, Format};

/// Number words in Danish, up to which numbers are written as words.
const DANISH: [&str; 13] =
    ["nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
/// The same in English.
const ENGLISH: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Tera with the filters and without texts.
pub(super) fn tera(language: &str) -> Tera {
    let format = Format::of(language);
    let english = format == Format::English;
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<String>::new());
    tera.register_filter("tal", move |value: Value, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        Ok(format.number(decimal(&value)?))
    });
    tera.register_filter("fortegn", move |value: Value, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        Ok(format.signed(decimal(&value)?))
    });
    tera.register_filter("talord", move |value: Value, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        let count = value.as_i64().ok_or_else(|| tera::Error::message("`talord` expects a whole number"))?;
        let words = if english { ENGLISH } else { DANISH };
        let word = usize::try_from(count).ok().and_then(|i| words.get(i));
        Ok(word.map_or_else(|| count.to_string(), |word| (*word).to_string()))
    });
    tera.register_filter("stort", |text: &str, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        Ok(first(text, |letter| letter.to_uppercase().collect()))
    });
    tera.register_filter("punktum", |text: &str, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        Ok(if text.ends_with('.') { text.to_string() } else { format!("{text}.") })
    });
    tera.register_filter("opregn", move |names: Value, kwargs: Kwargs, _: &State| {
        no_arguments(&kwargs)?;
        let names = names.as_array().ok_or_else(|| tera::Error::message("`opregn` expects a list"))?;
        Ok(enumerated(
            &names.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
            if english { "and" } else { "og" },
        ))
    });
    tera
}

/// Tera passes over arguments that a filter does not know: a misspelt one would be silent.
fn no_arguments(kwargs: &Kwargs) -> TeraResult<()> {
    match kwargs.iter().next() {
        Some((name, _)) => Err(tera::Error::message(format!("the filter has no argument `{name}`"))),
        None => Ok(()),
    }
}

fn decimal(value: &Value) -> TeraResult<Decimal> {
    let whole = value.as_i64().map(Decimal::whole);
    whole
        .or_else(|| value.as_str().and_then(Decimal::parse))
        .ok_or_else(|| tera::Error::message("`tal` expects a number"))
}

fn first(text: &str, change: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |letter| change(letter) + letters.as_str())
}

/// `a`, `a og b`, `a, b og c`.
fn enumerated(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_string(),
        [before @ .., last] => format!("{} {and} {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(language: &str, text: &str) -> Result<String, tera::Error> {
        let mut tera = tera(language);
        tera.add_raw_template("t", text)?;
        let mut context = tera::Context::new();
        context.insert("n", &Decimal { units: -12345, places: 1 });
        context.insert("one", &1);
        context.insert("names", &["a", "b", "c"]);
        tera.render("t", &context)
    }

    #[test]
    fn numbers_number_words_and_lists_are_danish() {
        assert_eq!(render("da", "{{ n | tal }}").ok().as_deref(), Some("−1.234,5"));
        assert_eq!(render("da", "{{ one | fortegn }} {{ one | talord }}").ok().as_deref(), Some("+1 ét"));
        assert_eq!(
            render("da", "{{ names | opregn }} {{ 'år' | stort }}").ok().as_deref(),
            Some("a, b og c År")
        );
    }

    #[test]
    fn numbers_number_words_and_lists_are_english() {
        assert_eq!(render("en", "{{ n | tal }}").ok().as_deref(), Some("−1,234.5"));
        assert_eq!(render("en", "{{ one | fortegn }} {{ one | talord }}").ok().as_deref(), Some("+1 one"));
        let said = render("en", "{{ names | opregn }} {{ 'years' | stort }}{{ '40 per cent' | punktum }}");
        assert_eq!(said.ok().as_deref(), Some("a, b and c Years40 per cent."));
    }

    #[test]
    fn an_argument_that_a_filter_does_not_know_is_an_error() {
        assert!(render("da", "{{ n | tal(decimal=2) }}").is_err());
    }
}
