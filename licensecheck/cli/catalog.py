"""`licensecheck catalog`: look up license records and models, and add or refresh records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from licensecheck.cli.exits import OK
from licensecheck.text.markup import counted

if TYPE_CHECKING:
    from licensecheck.domain.licenses import LicenseReading

ROOT_HELP = "The folder of the records; the project's own unless given."


@click.group("catalog", short_help="Look up and add license records.")
def command() -> None:
    """Look up license records and models, and add or refresh records.

    \b
    licensecheck catalog show llama-4          facts, versions and terms with their clauses
    licensecheck catalog models llama3.2:1b    under which license a model stands
    licensecheck catalog new heron LICENSE     a new family from a license text
    licensecheck catalog age                   how old the data is
    """


@command.command("list", short_help="List the license records.")
@click.option("--class", "classes", multiple=True, metavar="CLASS", help="Only this class, such as use-restricted.")
@click.option("--family", "families", multiple=True, metavar="FAMILY", help="Only this family, such as llama.")
@click.option("--unread", is_flag=True, help="Only records whose text nobody has read.")
def list_records(classes: tuple[str, ...], families: tuple[str, ...], unread: bool) -> int:
    """List the license records, one a line: id, class and name.

    \b
    licensecheck catalog list --class noncommercial
    """
    from licensecheck.catalog.records import all_records
    from licensecheck.report.reference_pages import render_list

    chosen = [
        record
        for record in all_records()
        if (not classes or (record.license_class and record.license_class.value in classes))
        and (not families or record.family in families)
        and (not unread or record.terms is None)
    ]
    click.echo(render_list(chosen), nl=False)
    return OK


@command.command("show", short_help="Show one license record.")
@click.argument("name")
def show(name: str) -> int:
    """Show a license: its facts, the versions of its family and what changed, and its terms with their clauses.

    NAME is any of its ids: the project's own, SPDX, Hugging Face or ScanCode, in upper or lower case.

    \b
    licensecheck catalog show llama-4
    """
    from licensecheck.catalog.records import find_family, find_record
    from licensecheck.errors import UsageError
    from licensecheck.identify.index import load_index
    from licensecheck.report.reference_pages import render_label, render_record

    record = find_record(name)
    if record is None:
        label = load_index().find_label(name)
        if label is None:
            raise UsageError(f"no license record is known as {name}; `licensecheck catalog list` lists them")
        click.echo(render_label(label.id, name=label.name, ids=label.ids), nl=False)
        return OK
    family = record if record.is_family else find_family(record.family)
    ledger = family.versions if family else ()
    versions = {version.id: found for version in ledger if (found := find_record(version.id))}
    click.echo(render_record(record, family=family, versions=versions), nl=False)
    return OK


@command.command("models", short_help="Tell under which license models stand.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def models(names: tuple[str, ...]) -> int:
    """Tell what the catalog knows of models by their names.

    NAME is a hub id, an address of the hub, a cache folder, a local name such as llama3.2:1b, or a provider's name for
    the model.

    \b
    licensecheck catalog models llama3.2:1b meta-llama/Llama-3.1-8B-Instruct
    """
    from licensecheck.catalog.model_entries import find_model, unknown_model
    from licensecheck.catalog.records import find_record
    from licensecheck.report.reference_pages import render_model
    from licensecheck.text.markup import plain, plain_line

    for name in names:
        entry = find_model(name)
        if entry is None:
            click.echo(plain(f"{plain_line(name)}: {unknown_model(name)}"))
            continue
        titles = {id_: found.name for id_ in entry.licenses if (found := find_record(id_))}
        click.echo(plain(render_model(entry, asked=plain_line(name), names=titles)), nl=False)
    return OK


def _facts_of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options for what a text says of itself and where else it is known."""
    for option in (
        click.option("--spdx", multiple=True, metavar="ID", help="Its SPDX id."),
        click.option("--hf", multiple=True, metavar="ID", help="Its id on the Hugging Face hub."),
        click.option("--url", help="Where the text is published."),
        click.option("--steward", help="Who wrote the license."),
        click.option("--date", metavar="YYYY-MM-DD", help="The date of the text."),
        click.option("--license-version", "version", metavar="VERSION", help="The version that the text names."),
    ):
        function = option(function)
    return function


@command.command("record", short_help="Make a record from a license text.")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--id", "id_", metavar="ID", help="The record's id; the name of the file unless given.")
@click.option("--family", metavar="FAMILY", help="The folder it belongs in; the id unless given.")
@click.option("--name", help="The license's name; the first line of the text unless given.")
@_facts_of_text
@click.option("--scancode", multiple=True, metavar="KEY", help="Its ScanCode key.")
@click.option("--alias", multiple=True, metavar="NAME", help="Another name that it goes by.")
@click.option("--incorporates", multiple=True, metavar="ID", help="The record of a policy that is part of the license.")
@click.option("--policy", is_flag=True, help="The text is a use policy.")
@click.option("--osi-approved", is_flag=True, help="The license is on the list of the Open Source Initiative.")
@click.option("--read-on", metavar="YYYY-MM-DD", help="The day of the reading; today unless given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead of the terminal.")
def record(text: Path, output: Path | None, **facts: str | bool | tuple[str, ...] | None) -> int:
    """Make a license record from a license or policy TEXT: read it, and print the record to check and complete.

    The record holds facts, the hash of the file and the terms with clause numbers, and no word of the text.

    \b
    licensecheck catalog record LICENSE --id heron-2.0 --family heron -o licenses/heron/heron-2.0.yaml
    """
    import datetime

    from licensecheck.catalog.build import render_record
    from licensecheck.cli.options import emit
    from licensecheck.reading.recording import new_record
    from licensecheck.text.io import read_text

    facts["read_on"] = facts["read_on"] or datetime.date.today().isoformat()
    emit(render_record(new_record(read_text(text), facts)), str(output) if output else None)
    return OK


@command.command("age", short_help="Tell how old rules, records and lists are.")
@click.option(
    "--today", metavar="YYYY-MM-DD", help="Count days up to this day; the newest day of the data unless given."
)
def age(today: str | None) -> int:
    """Tell how old the data is, by the dates that stand in it: the clock is not asked.

    A model or a license that is newer than the data is not known here, which is a question and never an approval.

    \b
    licensecheck catalog age
    licensecheck catalog age --today 2027-03-01
    """
    from licensecheck.catalog.age import data_ages, days_between
    from licensecheck.report.reference_pages import render_ages

    ages = data_ages()
    day = today or max(each.newest for each in ages if each.newest)
    counted = [(each, days_between(each.newest, day) if each.newest else None) for each in ages]
    click.echo(render_ages(counted, today=day, given=today is not None), nl=False)
    return OK


@command.command("new", short_help="Make the folder of a new family of licenses.")
@click.argument("family")
@click.argument("text", type=click.Path(path_type=Path))
@click.option("--id", "id_", metavar="ID", help="The record's id; the family's name unless given.")
@click.option("--name", help="The license's name; the first line of the text unless given.")
@_facts_of_text
@click.option("--alias", multiple=True, metavar="NAME", help="Another name that it goes by.")
@click.option("--by", required=True, metavar="NAME", help="Who reads the record beside the text.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day of the reading; today unless given.")
@click.option("--root", type=click.Path(path_type=Path), help=ROOT_HELP)
def new(
    family: str, text: Path, by: str, day: str | None, root: Path | None, **facts: str | tuple[str, ...] | None
) -> int:
    """Make the folder of FAMILY with the record of a license TEXT, and its ledger, and build the index.

    The terms are what extraction finds; read the record beside the text before you keep it.

    \b
    licensecheck catalog new heron LICENSE --id heron-2.0 --by "J. Doe"
    """
    import datetime

    from licensecheck.catalog.build import write_catalog
    from licensecheck.catalog.built_data import licenses_root
    from licensecheck.catalog.digests import write_digests
    from licensecheck.reading.recording import new_family
    from licensecheck.text.io import read_text, write_whole

    home = root or licenses_root()
    given = {**facts, "read_on": day or datetime.date.today().isoformat(), "by": by}
    for path, content in new_family(home, family, read_text(text), given).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(content, path)
        click.echo(f"written: {path}")
    changed = write_catalog(home)
    if root is None and write_digests():
        changed.append("digests.tsv")
    _say_built(changed)
    return OK


@command.command("refresh", short_help="Read the texts at hand again and renew the records' terms.")
@click.argument("folders", nargs=-1, required=True, metavar="TEXT_DIR...", type=click.Path(path_type=Path))
@click.option("--root", type=click.Path(path_type=Path), help=ROOT_HELP)
@click.option("--only", multiple=True, metavar="ID", help="Only this record.")
def refresh(folders: tuple[Path, ...], root: Path | None, only: tuple[str, ...]) -> int:
    """Renew the terms of every record whose text lies in a TEXT_DIR, found by its hash, and build the index.

    Records whose text is not at hand stay as they are.

    \b
    licensecheck catalog refresh ../license-texts
    """
    from licensecheck.catalog.build import write_catalog
    from licensecheck.catalog.built_data import licenses_root
    from licensecheck.reading.recording import refresh_records

    home = root or licenses_root()
    read, changed = refresh_records(home, folders, only=frozenset(only))
    click.echo(f"{read} texts read, {changed} records changed")
    _say_built(write_catalog(home))
    return OK


@command.command("review", short_help="Keep what a person has reviewed in texts, as hashes of sentences.")
@click.argument("texts", nargs=-1, required=True, metavar="TEXT...", type=click.Path(path_type=Path, exists=True))
@click.option("--by", metavar="NAME", help="Who reviewed the texts.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day of the review.")
@click.option("--ground", metavar="WORDS", help="On what ground the sentences are settled.")
@click.option("--open", "left_open", multiple=True, metavar="HASH", help="A sentence that stays open; it asks.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file of reviewed sentences to write.")
def review(
    texts: tuple[Path, ...],
    by: str | None,
    day: str | None,
    ground: str | None,
    left_open: tuple[str, ...],
    output: Path | None,
) -> int:
    """Show the sentences of TEXTs that are not read, or keep the review of them: hashes of sentences, no words.

    Without --output the sentences that ask are listed with their hashes. With it every sentence of the texts counts as
    reviewed: settled, or open where --open names it.

    \b
    licensecheck catalog review LICENSE
    licensecheck catalog review LICENSE --by "J. Doe" --on 2026-11-30 --open 0a1b... -o licenses/reviewed/heron.txt
    """
    from licensecheck.api import Checker
    from licensecheck.catalog.reviewed import OPEN, SETTLED, render_reviewed
    from licensecheck.cli.options import emit
    from licensecheck.errors import UsageError
    from licensecheck.text.markup import plain_line

    paths = [found for text in texts for found in (sorted(text.glob("*.txt")) if text.is_dir() else [text])]
    if output is None:
        for path in paths:
            for line in Checker().extract(path).ledger:
                if line.asks:
                    click.echo(plain_line(f"{line.hash} {path.name}:{line.evidence.line} {line.evidence.quote}"))
        return OK
    if not (by and day):
        raise UsageError("a review has a name and a day: give --by and --on")
    readings = [Checker().extract(path) for path in paths]
    hashes = {line.hash for reading in readings for line in reading.ledger}
    marks = {digest: OPEN if digest in left_open else SETTLED for digest in hashes}
    head = [f"Reviewed by {by} on {day}, {counted(len(paths), 'text')}.", *([f"Ground: {ground}"] if ground else [])]
    emit(render_reviewed(head, marks, _exact_ids(readings)), str(output))
    return OK


def _exact_ids(readings: list[LicenseReading]) -> set[str]:
    """The ids of the licenses that the texts are to the letter."""
    from licensecheck.domain.licenses import MatchKind

    found = (reading.identity for reading in readings)
    return {identity.id for identity in found if identity.id and identity.match is MatchKind.EXACT}


@command.command("build", short_help="Build the index from the YAML records.")
@click.option("--root", type=click.Path(path_type=Path), help=ROOT_HELP)
def build(root: Path | None) -> int:
    """Check all records, ledgers and model lists, and build the files from which they are looked up."""
    from licensecheck.catalog.build import write_catalog
    from licensecheck.catalog.built_data import licenses_root
    from licensecheck.catalog.digests import write_digests

    changed = write_catalog(root or licenses_root())
    if root is None and write_digests():
        changed.append("digests.tsv")
    _say_built(changed)
    return OK


@command.command("verify", short_help="Tell whether the data is as it was made.")
@click.option("--expect", metavar="SHA256", help="The digest of the digests, as the release notes give it.")
def verify(expect: str | None) -> int:
    """Compare every rule, record, table and index with its digest, and say which were changed, added or left out.

    The digest of all is printed: that of an untouched installation is the one in the release notes.

    \b
    licensecheck catalog verify
    """
    from licensecheck.catalog.digests import verify_data
    from licensecheck.cli.exits import FOUND

    digest, count, faults = verify_data()
    for fault in faults:
        click.echo(fault)
    if expect is not None and expect.lower().removeprefix("sha256:") != digest:
        faults.append("digest")
        click.echo(f"the digests are others than expected: sha256:{digest}")
    click.echo(f"{counted(count, 'file')}, {counted(len(faults), 'fault')}, digests sha256:{digest}")
    return FOUND if faults else OK


@command.command("index", short_help="Build the fingerprints by which texts are identified.")
@click.argument("folders", nargs=-1, required=True, metavar="TEXT_DIR...", type=click.Path(path_type=Path, exists=True))
@click.option("--root", type=click.Path(path_type=Path), help=ROOT_HELP)
def index(folders: tuple[Path, ...], root: Path | None) -> int:
    """Build the index of fingerprints from the license texts below each TEXT_DIR; the texts themselves stay there.

    Taken are SPDX's .xml, ScanCode's .LICENSE and, of plain .txt and .md, those that a record names by id or by hash.

    \b
    licensecheck catalog index ../license-texts
    """
    from licensecheck.catalog.built_data import licenses_root
    from licensecheck.identify.index_build import build_index
    from licensecheck.text.io import write_whole

    home = root or licenses_root()
    for name, data in build_index(list(folders), records=home).items():
        write_whole(data, home / name)
        click.echo(f"{name}: {counted(len(data), 'byte')}")
    return OK


def _say_built(changed: list[str]) -> None:
    click.echo(f"built: {', '.join(changed)}" if changed else "the index was up to date")
