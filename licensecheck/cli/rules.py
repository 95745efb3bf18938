"""`licensecheck rules`: list, show, test, lint and start rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from licensecheck.catalog.built_data import rules_root
from licensecheck.catalog.check_rules import load_checks
from licensecheck.catalog.detect_rules import load_detect_rules
from licensecheck.catalog.yaml_files import hint, load_yaml
from licensecheck.cli.exits import FOUND, OK
from licensecheck.cli.main import COMMANDS, cli
from licensecheck.errors import Faults, LicenseCheckError, UsageError
from licensecheck.report.reference_pages import check_page, command_page, index_page, rule_page, term_page
from licensecheck.text.io import write_whole
from licensecheck.text.markup import counted, plain_line

if TYPE_CHECKING:
    from licensecheck.domain.rules import DetectRule

_ID = re.compile(r"(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a rule may be called: it becomes the name of a file."""
TESTED = ("detect", "check", "purposes", "scan")
"""The folders of rules whose examples `rules test` runs, besides those of languages."""


@click.group("rules", short_help="List, show, test and write rules.")
def command() -> None:
    """List, show, test and write the rules that read license texts.

    docs/writing-rules.md explains the rule language.
    """


@command.command("list")
@click.option("--term", help="Only rules for this kind of term (or fact, trigger, proviso).")
@click.option("--check", "checks", is_flag=True, help="The check rules, which compare terms with the profile.")
def list_rules(term: str | None, checks: bool) -> int:
    """List the rules, a line each: id, what it yields, title.

    \b
    licensecheck rules list --term no-hosting
    licensecheck rules list --check
    """
    if checks:
        for check in load_checks():
            if term is None or term in check.terms:
                click.echo(f"{check.id:44} {check.yields.value:16} {check.title}")
        return OK
    for rule in load_detect_rules():
        if term in (None, rule.yields.name):
            category = rule.set.get("category")
            yields = f"{rule.yields.name}: {category}" if category else rule.yields.name
            click.echo(f"{rule.id:44} {yields:44} {rule.title}")
    return OK


@command.command("sets")
@click.argument("names", nargs=-1, metavar="[SET]...")
def list_sets(names: tuple[str, ...]) -> int:
    """List the shared sets of phrases that patterns name as <set>, or print those named.

    \b
    licensecheck rules sets
    licensecheck rules sets user-class ban
    """
    from licensecheck.catalog.detect_rules import detect_files, load_lexicon

    sets = load_lexicon()["sets"]
    for name in names:
        if name not in sets:
            raise UsageError(
                f"there is no set '{name}'{hint(name, sets) or '; `licensecheck rules sets` names them all'}"
            )
        click.echo("\n".join((f"<{name}>", *(f"  {phrase}" for phrase in sets[name]))))
    if not names:
        files = [*detect_files(), *(rules_root() / name for name in ("lexicon.yaml", "ledger.yaml", "grants.yaml"))]
        used = Counter(
            name for file in files for name in set(re.findall(r"<([\w-]+)>", file.read_text(encoding="utf-8")))
        )
        for name, phrases in sorted(sets.items()):
            click.echo(
                f"<{name}>".ljust(32)
                + f"{len(phrases):4} phrases  "
                + (f"in {counted(used[name], 'file')}" if used[name] else "named by the engine")
            )
    return OK


@command.command("show")
@click.argument("rule_id")
def show_rule(rule_id: str) -> int:
    """Show one rule as its file says it.

    \b
    licensecheck rules show hosting-barred
    """
    click.echo(_file_of(rule_id).read_text(encoding="utf-8"), nl=False)
    return OK


@command.command("test")
@click.argument("rule_ids", nargs=-1, metavar="[RULE]...")
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Also say how often each rule fires on the texts of this folder, and which fire together.",
)
@click.option(
    "--patterns",
    is_flag=True,
    help="Say for each pattern and exception of detect rules in how many examples (and corpus texts) it acts.",
)
@click.option("--idle", is_flag=True, help="With --patterns: only those that act nowhere, or only repeat another.")
def test_rules(rule_ids: tuple[str, ...], corpus: Path | None, patterns: bool, idle: bool) -> int:
    """Run the examples of all rules, or of those named.

    Exit status 1 where an example does not show what it says.

    \b
    licensecheck rules test hosting-barred
    licensecheck rules test ja vllm
    licensecheck rules test --corpus ../license-texts
    licensecheck rules test --patterns --idle --corpus ../license-texts
    """
    from licensecheck.catalog.language_rules import language_codes
    from licensecheck.judge.check_examples import try_checks, try_purposes
    from licensecheck.reading.rule_examples import try_examples, try_language
    from licensecheck.repository.detector_examples import try_detectors

    codes = language_codes()
    foreign = {rule_id for rule_id in rule_ids if rule_id.partition("-")[0] in codes}
    named = {folder: ids for folder, ids in _by_folder(set(rule_ids) - foreign).items() if ids or not rule_ids}
    rules = _chosen(named["detect"]) if "detect" in named else []
    outcomes = try_examples(rules)
    for code in codes if not rule_ids else sorted({rule_id.partition("-")[0] for rule_id in foreign}):
        outcomes.extend(try_language(code, foreign - {code}))
    failed = [f"{each.rule}: {each.example}: {fault}" for each in outcomes for fault in each.faults]
    tried = (("check", try_checks), ("purposes", try_purposes), ("scan", try_detectors))
    trials = [attempt(named[folder]) for folder, attempt in tried if folder in named]
    for line in (*failed, *(line for trial in trials for line in trial.faults)):
        click.echo(plain_line(line))
    total = len(outcomes) + sum(trial.examples for trial in trials)
    wrong = sum(1 for each in outcomes if each.faults) + sum(len(trial.faults) for trial in trials)
    languages = {each.rule for each in outcomes} - {rule.id for rule in rules}
    count = len(rules) + len(languages) + sum(trial.rules for trial in trials)
    click.echo(f"{counted(count, 'rule')}, {counted(total, 'example')}, {wrong} failed")
    if patterns or idle:
        _pattern_list(rules, corpus, idle_only=idle)
    elif corpus:
        _census(corpus, {rule.id for rule in rules})
    return FOUND if wrong else OK


@command.command("lint")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[FILE]...")
def lint_rules(files: tuple[Path, ...]) -> int:
    """Check all files under rules/, or those named, against their schema and against the names that others define.

    Each fault is a line: file:line:column, what is wrong, what was expected. Exit status 1 where there is one.

    \b
    licensecheck rules lint rules/detect/limits/hosting-barred.yaml
    """
    from licensecheck.catalog.lint import dropped_kinds, folder_of, repeated_ids, rule_files, stale_data
    from licensecheck.reading.compiled import stale_rules

    paths = list(files) or rule_files()
    whole = () if files else (*stale_data(), *stale_rules(), *dropped_kinds())
    faults = [*_faults_of(paths), *repeated_ids(paths), *whole]
    for fault in faults:
        click.echo(plain_line(str(fault)))
    for folder, count in sorted(Counter(folder_of(path) for path in paths).items()):
        click.echo(f"{count:5} files in {plain_line(folder)}")
    click.echo(f"{counted(len(paths), 'file')}, {counted(len(faults), 'fault')}")
    return FOUND if faults else OK


@command.command("build")
def build_rules() -> int:
    """Write rules/built.jsonl and rules/compiled.json, which open faster than the YAML files they are made from."""
    from licensecheck.catalog.built_data import write_built
    from licensecheck.catalog.digests import write_digests
    from licensecheck.models.cues import write_cues
    from licensecheck.reading.compiled import write_compiled

    write_built()
    write_compiled()
    write_cues()
    write_digests()
    return OK


@command.command("new")
@click.argument("group")
@click.argument("rule_id")
@click.option("--term", help="The kind of term that the rule yields.")
@click.option("--category", help="The category, for a prohibited use.")
def new_rule(group: str, rule_id: str, term: str | None, category: str | None) -> int:
    """Start a rule file rules/detect/GROUP/RULE_ID.yaml to fill in.

    \b
    licensecheck rules new limits rental-barred --term no-hosting
    """
    from licensecheck.catalog.built_data import rules_root
    from licensecheck.catalog.lint import start_rule
    from licensecheck.text.io import write_new

    groups = sorted(p.name for p in (rules_root() / "detect").iterdir() if p.is_dir())
    if group not in groups:
        raise UsageError(f"there is no group '{group}'; the groups are {', '.join(groups)}")
    if not _ID.fullmatch(rule_id):
        raise UsageError(f"'{rule_id}' is not a rule id: lower-case letters and digits, joined by -")
    path = rules_root() / "detect" / group / f"{rule_id}.yaml"
    write_new(start_rule(rule_id, term=term, category=category), path)
    click.echo(f"{path}: fill in title, why, patterns and examples, then: licensecheck rules test {rule_id}")
    return OK


@command.command("docs")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a page is stale.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/reference"),
    show_default=True,
    help="Where the pages are.",
)
def write_docs(check: bool, folder: Path) -> int:
    """Write the reference pages of rules, terms and commands.

    They are generated: change the rule or the command, and write them anew.
    """

    if not check:
        click.echo(f"{write_pages(folder)} pages in {folder}")
        return OK
    stale = stale_pages(folder)
    for name in stale:
        click.echo(f"{folder / name}: stale; run `licensecheck rules docs`")
    return FOUND if stale else OK


def _file_of(rule_id: str) -> Path:
    from licensecheck.catalog.built_data import rules_root

    found = sorted(rules_root().rglob(f"{rule_id}.yaml")) if _ID.fullmatch(rule_id) else []
    if not found:
        raise UsageError(f"there is no rule '{rule_id}'; `licensecheck rules list` names them all")
    return found[0]


def _by_folder(rule_ids: Collection[str]) -> dict[str, set[str]]:
    """The ids by the folder of their files, those of `TESTED`; UsageError for a file without examples that are run."""
    found: dict[str, set[str]] = {folder: set() for folder in TESTED}
    for rule_id in rule_ids:
        file = _file_of(rule_id).relative_to(rules_root())
        if file.parts[0] not in found:
            raise UsageError(
                f"rules/{file.as_posix()}: has no examples to run; `licensecheck rules lint` checks its form"
            )
        found[file.parts[0]].add(rule_id)
    return found


def _chosen(rule_ids: Collection[str]) -> list[DetectRule]:
    """The detect rules of these ids, or all where none is named."""
    from licensecheck.catalog.detect_rules import load_detect_rule

    if not rule_ids:
        return list(load_detect_rules(examples=True))
    return [load_detect_rule(_file_of(rule_id), examples=True) for rule_id in sorted(rule_ids)]


def _faults_of(paths: list[Path]) -> list[LicenseCheckError]:
    """The faults of rule files, or of the files with the names that rules refer to."""
    from licensecheck.catalog.lint import lint_file, read_definitions
    from licensecheck.catalog.records import known_names
    from licensecheck.judge.conditions import ASSUMED, COMPUTED
    from licensecheck.reading.rule_examples import pattern_faults

    try:
        definitions = read_definitions((*COMPUTED, *ASSUMED), licenses=known_names())
    except Faults as found:
        return list(found.faults)
    return [fault for path in paths for fault in lint_file(path, definitions, pattern_faults=pattern_faults)]


def _texts_below(corpus: Path) -> list[Path]:
    return sorted(p for p in corpus.rglob("*") if p.suffix.lower() in (".txt", ".md", "") and p.is_file())


def _pattern_list(rules: list[DetectRule], corpus: Path | None, *, idle_only: bool) -> None:
    """Where each pattern acts, and how many act nowhere."""
    from licensecheck.reading.rule_examples import pattern_uses

    uses = pattern_uses(rules, _texts_below(corpus) if corpus else ())
    for use in uses:
        if idle_only and not use.is_idle and not use.repeats:
            continue
        where = counted(len(use.examples), "example") + (f", {counted(use.texts, 'text')}" if corpus else "")
        note = f"  repeats: {use.repeats}" if use.repeats else ""
        click.echo(plain_line(f"{'nowhere' if use.is_idle else where:24} {use.rule} {use.part}: {use.pattern}{note}"))
    for part, name in (("any", "patterns"), ("none", "exceptions")):
        of_part = [use for use in uses if use.part == part]
        shown = sum(1 for use in of_part if use.examples)
        idle = sum(1 for use in of_part if use.is_idle)
        repeated = sum(1 for use in of_part if use.repeats)
        known = f", {len(of_part) - shown - idle} in the corpus alone" if corpus else ""
        click.echo(
            f"{len(of_part)} {name}: {shown} act in an example{known}, {idle} nowhere, {repeated} repeat another"
        )


def _census(corpus: Path, wanted: set[str]) -> None:
    from licensecheck.reading.compiled import standard_rules
    from licensecheck.reading.rule_examples import take_census

    census = take_census(standard_rules(), _texts_below(corpus))
    for rule_id, count in sorted(census.fires.items(), key=lambda item: (item[1], item[0])):
        if rule_id in wanted:
            click.echo(f"{count:6} of {census.texts} texts  {rule_id}")
    for (first, second), count in sorted(census.together.items(), key=lambda item: (-item[1], item[0]))[:40]:
        if {first, second} & wanted:
            click.echo(f"{count:6} texts in which {first} and {second} fire in the same sentence")


# Writing the generated pages of the documentation, and telling which of them are stale.


def reference_pages() -> dict[str, str]:
    """The generated pages by their path below `docs/reference`."""
    rules = load_detect_rules(examples=True)
    terms = load_yaml(rules_root() / "terms.yaml", name="rules/terms.yaml")["terms"]
    pages = {f"rules/{rule.id}.md": rule_page(rule) for rule in rules}
    checks = load_checks()
    pages |= {f"checks/{check.id}.md": check_page(check, terms) for check in checks}
    pages |= {f"terms/{kind}.md": term_page(kind, spec, rules, checks) for kind, spec in terms.items()}
    pages["index.md"] = index_page(rules, terms, checks)
    pages["commands.md"] = command_page(_helps())
    return pages


def _helps() -> list[tuple[str, str]]:
    context = click.Context(cli, info_name="licensecheck", max_content_width=100, terminal_width=100)
    found = [("licensecheck", cli.get_help(context))]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        found.append((f"licensecheck {name}", command.get_help(inner)))
        if isinstance(command, click.Group):
            found.extend(_inner_helps(command, inner))
    return found


def _inner_helps(group: click.Group, context: click.Context) -> list[tuple[str, str]]:
    helps = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        helps.append((inner.command_path, command.get_help(inner)))
    return helps


def stale_pages(folder: Path) -> list[str]:
    """The pages that are missing, differ from what would be written, or that nothing writes any more."""
    pages = reference_pages()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
    wrong = [name for name, text in pages.items() if name not in there or (folder / name).read_text("utf-8") != text]
    return sorted([*wrong, *(there - set(pages))])


def write_pages(folder: Path) -> int:
    """Write all pages, remove those that nothing writes any more, and give back how many there are."""
    pages = reference_pages()
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix() not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(text, path)
    return len(pages)
