"""Codes for files and folders: what cannot be read, and what must not be."""

from .code import Code, error, note, warning

CODES: tuple[Code, ...] = (
    error(
        "no-root-file",
        "there is no `{root}` in `{folder}`",
        "A case is a folder. Its root file, `case.pacta`, includes its other files.",
        "Name the folder of a case, or begin one with `servanda new DIR`.",
    ),
    error(
        "missing-file",
        "there is no file `{path}`",
        "The path leads nowhere. Paths within a case count from its folder.",
        "Correct the path, or put the file there.",
    ),
    error(
        "not-a-file",
        "`{path}` is {what}, not a file",
        "A case is read from plain files only: not from folders, pipes or devices.",
        "Name a file. To read from a pipe, give `-` as the path.",
    ),
    error(
        "unreadable-file",
        "`{path}` cannot be read: {reason}",
        "The system refuses to open the file.",
        "Correct its permissions or its name.",
    ),
    error(
        "too-large",
        "`{path}` is too large: a case can have {most} of text at most",
        "Files are read whole, within a bound, so that nothing can exhaust the machine.",
        "Keep large logs as tables, and read them with `events by … from …`.",
    ),
    error(
        "not-utf8",
        "this line holds bytes that are no text in UTF-8",
        "The file was written in another encoding, or is damaged.",
        "Save the file as UTF-8. Its other lines are read as they are.",
        "from here on",
    ),
    error(
        "empty-path",
        "this path is empty",
        "A path in quotes leads from the case folder to a file.",
        "Write the path of the file, as seen from the case folder.",
    ),
    error(
        "path-outside",
        "`{path}` leads out of the case folder",
        "A case that somebody else wrote must not be able to read your other files, nor by way of links.",
        "Move the file into the case folder; if you trust the case, allow it with `--allow-outside`.",
    ),
    error(
        "include-loop",
        "`{path}` cannot be included here: {why}",
        "Files that include one another in a circle, or in a chain without end, cannot be read.",
        "Delete this include, or the one that leads here.",
    ),
    error(
        "include-twice",
        "`{path}` is included a second time",
        "Everything in it would then stand in the case twice.",
        "Delete one of the two includes.",
    ),
    warning(
        "not-included",
        "no `include` takes `{path}` in, which lies in the case folder",
        "A case is its root file and what that includes. What stands in other files is not read.",
        "Write an `include` for it in the root file, or move it out of the folder.",
    ),
    error(
        "unreadable-table",
        "`{path}` cannot be read as a table: {reason}",
        "Event tables are CSV files with a header line, or Parquet files.",
        "Correct the file, or its name: `.parquet` for Parquet, anything else is read as CSV.",
    ),
    error(
        "unknown-column",
        "`{path}` has no column `{column}`; it has {columns}",
        "The directive names a column that the table does not have.",
        "Write one of its columns; in quotes, if its name has spaces.",
    ),
    error(
        "row-without-time",
        "row {row} of `{path}` has no time that can be read: `{found}`{more}",
        "Each event of the record has a date. Rows without one are left out of the case.",
        "Write the time as `1962-11-20` or `1962-11-20T18:00`, or name the right column after `at`.",
    ),
    error(
        "too-many-rows",
        "with `{path}` the tables of this case have more than {most} rows",
        "Each row becomes an act of the case, held in memory.",
        "Keep in the table only what the case is about.",
    ),
    note(
        "texts-not-at-hand",
        "{quotes} from {sources} cannot be checked: the texts are not at hand",
        "The words that a case quotes are looked up in the texts of its sources. These texts lie elsewhere, or the "
        "source names no `file`.",
        "Say where the texts are with `--sources DIR`.",
    ),
)
