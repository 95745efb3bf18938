from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from licensecheck.domain.subject import Document, Role
from licensecheck.errors import LicenseCheckError
from licensecheck.models.ancestry import trace
from licensecheck.models.card_analysis import analyse_card
from licensecheck.models.target import load_subject
from licensecheck.text.io import decode

CARD = """---
license: other
license_name: foo-license
base_model:
- org/base
tags: [merge, "license:mit"]
extra_gated_prompt: |
  You agree to this.
extra_gated_fields:
  I agree: checkbox
---
# Foo 7B

| License | MIT |
|---|---|
- **License:** [Apache 2.0](https://example.org)

Foo is an open-source model, fine-tuned from [Base](https://huggingface.co/org/base).
It is for research use only; see <b>the license</b>.

```python
print("hello")
```
"""
INSERTED = [b"---\n", b"\t", b"\r", b"\xef\xbb\xbf", b"[", b"{", b"&a", b"*a", b"<"]
HEADED = ["m.gguf", "m.safetensors", "Modelfile", "config.json", "Kitfile"]


def read(data: bytes) -> None:
    """Read a card as the tool does; only the errors of the tool may come out."""
    try:
        text = decode(data, path="README.md").text
    except LicenseCheckError:
        return
    examined = analyse_card(Document(path="README.md", role=Role.CARD, text=text, sha256=""), name="org/Foo")
    lineage = trace(examined.bases, own=["org/Foo"], find_card=nowhere)
    card = examined.with_issues(lineage.ancestors, name="org/Foo")
    for issue in card.issues:
        assert issue.line is None or 1 <= issue.line <= text.count("\n") + text.count("\r") + 2


def nowhere(model: str) -> None:
    return None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_card_never_breaks_the_reader(data: st.DataObject) -> None:
    card = bytearray(CARD.encode())
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(card) - 1))
        kind = data.draw(st.sampled_from(["flip", "cut", "null", "insert"]))
        if kind == "flip":
            card[at] ^= data.draw(st.integers(1, 255))
        elif kind == "cut":
            del card[at : at + data.draw(st.integers(1, 40))]
        elif kind == "null":
            card[at:at] = b"\0"
        else:
            card[at:at] = data.draw(st.sampled_from(INSERTED))
        card = card or bytearray(b" ")
    read(bytes(card))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_block_is_read(block: str) -> None:
    read(f"---\n{block}\n---\n".encode(errors="surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=" |-*#`[](){}<>!:.\nLicensMIT20", max_size=400))
def test_any_prose_is_read(prose: str) -> None:
    read(f"---\nlicense: apache-2.0\n---\n{prose}".encode())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200), name=st.sampled_from(HEADED))
def test_any_header_gives_a_note_at_worst(tmp_path: Path, data: bytes, name: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / name).write_bytes(data)
    load_subject(str(folder))


@pytest.mark.parametrize(
    "prose",
    ["License: " * 3_000, "[" * 5_000, "a " * 20_000, "**" * 8_000, "based on " * 3_000, "open-source " * 3_000],
    ids=["labels", "brackets", "words", "stars", "bases", "claims"],
)
def test_long_prose_takes_no_long_time(prose: str) -> None:
    from time import process_time

    start = process_time()
    read(f"---\nlicense: apache-2.0\n---\n{prose}".encode())
    assert process_time() - start < 3.0


@pytest.mark.slow
def test_every_corpus_card_and_its_mutations_are_read(corpus: Path) -> None:
    for index, path in enumerate(sorted((corpus / "corpus" / "cards").glob("*.md"))):
        data = path.read_bytes()
        mutations = (data[: len(data) // 2], data.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + data[3:])
        read(data)
        read(mutations[index % len(mutations)])


def test_reading_a_card_loads_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD)
    code = (
        "import sys; from licensecheck.models.target import load_subject; load_subject(sys.argv[1]); "
        "print([m for m in ('spacy', 'requests', 'jsonschema', 'numpy', 'jinja2') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_row_of_one_cell_below_a_table_of_licenses_is_passed_over() -> None:
    read(b"---\nlicense: mit\n---\n# owl\n\n| License | Size |\n| --- | --- |\n| cc-by-nc-4.0 |\n")
