//! `docs/cli.md`, written from the same words as `--help`.

use clap::{Command, CommandFactory};

/// The command line as Markdown: every verb with its arguments.
pub fn markdown() -> String {
    let command = super::Cli::command();
    let mut text =
        String::from("# Command line\n\nGenerated from the program's own help; a test keeps it current.\n");
    for verb in command.get_subcommands() {
        text.push_str(&section(verb));
    }
    text.push_str("\nExit code 0: all done. 1: something is wrong in catalogue, data or a report. 2: wrong command line.\n");
    text
}

fn section(verb: &Command) -> String {
    let about = verb.get_about().map(ToString::to_string).unwrap_or_default();
    let mut text =
        format!("\n## `kvarter {}`\n\n{about}.\n\n| argument | meaning |\n|---|---|\n", verb.get_name());
    for argument in verb.get_arguments().filter(|a| a.get_id() != "help") {
        let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        let takes_value = argument.get_action().takes_values();
        let name = match (argument.get_long(), value) {
            (Some(long), Some(value)) if takes_value => format!("--{long} {value}"),
            (Some(long), _) => format!("--{long}"),
            (None, value) => value.unwrap_or_else(|| argument.get_id().to_string().to_uppercase()),
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let defaults: Vec<_> = argument.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
        let silent = defaults.is_empty() || !takes_value || argument.is_hide_default_value_set();
        let default = if silent { String::new() } else { format!(" (default: `{}`)", defaults.join(",")) };
        text.push_str(&format!("| `{}` | {help}{default} |\n", name.replace('|', "\\|")));
    }
    text
}
