"""Forms in which cards name a license or a base beside the one that they declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from licensecheck.checking import check_targets
from licensecheck.domain.findings import Status
from licensecheck.domain.profile import Profile

ASKS = {
    "a mapping": "---\nlicense: {code: mit, weights: cc-by-nc-4.0}\n---\n# Heron\n",
    "a comment": "---\nlicense: mit # weights: cc-by-nc-4.0\n---\n# Heron\n",
    "a word that changes the name": "---\nlicense: apache-2.0-nc\n---\n# Heron\n",
    "a clause that is no exception": "---\nlicense: apache-2.0 WITH Commons-Clause\n---\n# Heron\n",
    "a second one without a name": "---\nlicense: [mit, other]\n---\n# Heron\n",
    "its own": "---\nlicense: proprietary\n---\n# Heron\n",
    "a tag of the base": "---\nlicense: mit\ntags: ['base_model:finetune:google/gemma-7b']\n---\n# Heron\n",
    "a mapping of the base": "---\nlicense: mit\nbase_model: {repo: google/gemma-7b}\n---\n# Heron\n",
    "a heading of the base": "---\nlicense: mit\n---\n# Heron\n\n## Base model\n\ngoogle/gemma-7b\n",
    "a table": "---\nlicense: mit\n---\n# Heron\n\n| Model | License |\n|-|-|\n| Heron | CC BY-NC 4.0 |\n",
    "a table in HTML": "---\nlicense: mit\n---\n# Heron\n\n<table><td>License</td><td>CC BY-NC 4.0</td></table>\n",
    "a seal": "---\nlicense: mit\n---\n# Heron\n\n[![](https://x.example)](https://creativecommons.org/licenses/by-nc/4.0/)\n",
    "an identifier in a comment": "---\nlicense: mit\n---\n# Heron\n\n<!-- SPDX-License-Identifier: CC-BY-NC-4.0 -->\n",
    "terms at an address": "---\nlicense: mit\n---\n# Heron\n\nThe [license terms](https://a.example) govern.\n",
    "a passage that unfolds": "---\nlicense: mit\n---\n<details><summary>License</summary>\n\nCC BY-NC 4.0\n</details>",
    "an answer": "---\nlicense: mit\n---\n# Heron\n\n**Can I use Heron in my product?**\n\nNo, ask us first.\n",
}
QUIET = {
    "a use that is allowed": "---\nlicense: mit\ncommercial_use: true\n---\n# Heron\n",
    "an open gate": "---\nlicense: mit\ngated: false\n---\n# Heron\n",
    "a table of others": "---\nlicense: mit\n---\n# Heron\n\n| Model | License |\n|-|-|\n| Egret | CC BY-NC 4.0 |\n",
    "a passage that unfolds, and ends": "---\nlicense: mit\n---\n<details><summary>License</summary>\n\nMIT\n\n"
    "</details>\n\nCC BY-NC 4.0 is what Egret has.\n",
    "an exception": "---\nlicense: gpl-3.0 WITH GCC-exception-3.1\n---\n# Heron\n",
}
OPEN = {"unknown-license", "several-licenses", "prose-conflict", "extra-restriction", "unknown-base", "noncommercial"}


def asked(tmp_path: Path, card: str) -> set[str]:
    """The kinds of question about the license that a check of the card ends in, its base's license included."""
    folder = tmp_path / "acme" / "heron"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(card, encoding="utf-8")
    found = check_targets((str(folder),), Profile(), today="2026-11-30").targets[0]
    kinds = {finding.kind for finding in found.findings if finding.status in (Status.REVIEW, Status.VIOLATION)}
    return kinds & OPEN | {"lineage" for _ in found.lineage}


@pytest.mark.parametrize("form", ASKS)
def test_another_license_or_base_is_seen(form: str, tmp_path: Path) -> None:
    assert asked(tmp_path, ASKS[form])


@pytest.mark.parametrize("form", QUIET)
def test_what_names_no_other_license_stays_quiet(form: str, tmp_path: Path) -> None:
    assert not asked(tmp_path, QUIET[form])
