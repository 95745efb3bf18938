"""`licensecheck explain`: what the ids in a report mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from licensecheck.cli.options import format_option, knowledge_options

if TYPE_CHECKING:
    from licensecheck.api import Catalog
    from licensecheck.catalog.explanations import Explanation


@click.command("explain", short_help="Explain a kind of term, a rule, a license or a finding.")
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@format_option("text", "json", help="What to print; JSON gives one object a line for each id.")
@knowledge_options()
def command(names: tuple[str, ...], form: str, catalog: Catalog) -> int:
    """Explain what an id means, why it matters and what to do.

    ID is anything that a report names: a kind of term, a rule, a license, a card issue, a kind of finding, a status or
    a verdict.

    \b
    licensecheck explain scale-threshold
    licensecheck explain needs-review unread-clause
    licensecheck explain llama-4
    """
    from licensecheck.api import Checker
    from licensecheck.cli.exits import OK

    found = [Checker(catalog).explain(name) for name in names]
    if form == "json":
        import json
        from dataclasses import asdict

        for each in found:
            click.echo(json.dumps(asdict(each), ensure_ascii=False))
    else:
        click.echo("\n\n".join(_shown(each) for each in found))
    return OK


def _shown(found: Explanation) -> str:
    import textwrap

    parts = [f"{found.id}: {found.sort}", found.title, found.meaning]
    parts += [f"Why it matters: {found.why}"] if found.why else []
    parts += [f"What to do: {found.remedy}"] if found.remedy else []
    parts += [f"See also: {', '.join(found.related[:12])}"] if found.related else []
    return "\n".join([parts[0], *(textwrap.fill(part, 100, subsequent_indent="  ") for part in parts[1:])])
