"""Slots: named values, alike from every syntax, that a detector may take for a reference to a model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import accumulate

from licensecheck.frozen import dataclass, field
from licensecheck.lazy import re

ENVIRONMENT = "environ"
"""What stands above the default of a variable of the environment: a setting of the deployment, whoever reads it."""


class Setting(str, Enum):
    """What surrounds a slot; it decides the role before anything else does."""

    CODE = "code"
    COMMENT = "comment"
    DOCSTRING = "docstring"
    FENCE = "fence"
    INLINE = "inline"
    PROSE = "prose"
    CARD = "card"


class Kind(str, Enum):
    """What anchors a slot: a key (or flag, keyword, variable), a call's argument, a command's argument, or its text."""

    KEY = "key"
    CALL = "call"
    COMMAND = "command"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Slot:
    """A value with the name that anchors it. `above` are the keys around it, innermost first; `beside` its siblings.

    `name` is normalised (`names.normalise`); of a call it is the dotted function, and `at` the position or keyword.
    """

    name: str
    value: str
    line: int
    setting: Setting = Setting.CODE
    kind: Kind = Kind.KEY
    above: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    at: int | str | None = None
    path: str = ""
    """The file that the value stands in, where that is not the one that is read."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text that is read comes from: its first line in the file, its setting, and the keys around it.

    `path` and `modules`, the other modules of the repository, are known for whole files alone; `asks` tells whether an
    example asks a served model.
    """

    line: int = 1
    setting: Setting = Setting.CODE
    above: tuple[str, ...] = ()
    depth: int = 0
    path: str = ""
    modules: object = None
    asks: Callable[[str], bool] | None = None


_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


@lru_cache(maxsize=20_000)
def normalise(name: str) -> str:
    """One spelling for a name however it is written: `modelID`, `MODEL_ID` and `--model-id` are `model_id`."""
    return "_".join(word.lower() for word in _WORDS.findall(name))


# Line numbers of offsets.


@lru_cache(maxsize=8)
def breaks_of(text: str) -> tuple[int, ...]:
    """The offsets of the line ends of a text."""
    return tuple([number + length for number, length in enumerate(accumulate(map(len, text.split("\n"))))][:-1])


def line_at(breaks: Sequence[int], offset: int) -> int:
    """The number, from 0, of the line that an offset stands on."""
    return bisect_left(breaks, offset)


# Which syntax a text without a name is in, and whether it may hold a model at all.


HINT = re.compile(
    r"(?i)model|hugging|\bhf|://|ollama|vllm|repo|checkpoint|tokeni[sz]er|adapter|lora|pretrained|storage|preset|\bkit\b|"
    r"pull|serve|download|transformer|encoder|\bFROM\b|encod|embed|rerank"
)
"""What a text inside another must have before it is taken apart."""
_PYTHON = re.compile(r"^\s*(?:from\s+[\w.]+\s+import|import\s+\w|def\s|class\s|@\w|\w[\w.]*\s*=\s*\S|\w[\w.]*\()", re.M)
_YAML = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:-\s+)?[\w.\-/\"']+:(?:\s|$)|---")
_HTTP = re.compile(r"(?:[A-Z]{3,7} https?://|curl )")


CARD = re.compile(r"\s*---[ \t]*\n(?:[^\n]*\n){1,120}?---[ \t]*\n\s*\S")
"""The beginning of a document with front matter, as a program writes a card."""


def guess_syntax(text: str) -> str:
    """The syntax that a text without a name most looks like."""
    start = text.lstrip()
    if start.startswith("---") and CARD.match(text) and "\n#" in text:
        return "markdown"
    if start.startswith(("{", "[")):
        return "json"
    if start.startswith("#!"):
        return "python" if "python" in start.split("\n", 1)[0] else "shell"
    if start.startswith("FROM "):
        return "dockerfile" if "\nRUN " in text or "\nCOPY " in text else "modelfile"
    if _HTTP.match(start):
        return "shell"
    if _YAML.match(text):
        return "yaml"
    return "python" if _PYTHON.match(start) and not start.startswith("export ") and "(" in text else "shell"


# Which syntax a file is in, by its name.


_SUFFIXES = {
    "yaml": "yaml yml tpl kitfile",
    "json": "json jsonc json5 webmanifest",
    "python": "py",
    "notebook": "ipynb",
    "markdown": "md mdx markdown rst qmd",
    "shell": "sh bash zsh slurm sbatch ps1 bat command ksh",
    "settings": "toml ini cfg conf env properties service",
    "hcl": "tf tfvars hcl tofu",
    "pbtxt": "pbtxt",
    "javascript": "js mjs cjs ts mts cts tsx jsx vue svelte",
    "code": "rs go java kt kts cs swift cc cpp cxx c h hh hpp scala sc m mm groovy gradle proto",
    "code-dart": "dart",
    "code-hash": "rb ex exs r jl",
    "code-dash": "lua",
    "code-php": "php",
    "dockerfile": "dockerfile containerfile",
    "modelfile": "modelfile",
    "makefile": "mk makefile",
    "xml": "xml xcscheme plist csproj fsproj vbproj props targets",
    "html": "html htm",
    "text": "spdx",
}
_BY_SUFFIX = {suffix: syntax for syntax, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_NAMES = (
    (re.compile(r"(?:docker|container)file", re.I), "dockerfile"),
    (re.compile(r"modelfile", re.I), "modelfile"),
    (re.compile(r"kitfile|mlmodel$|procfile$", re.I), "yaml"),
    (re.compile(r"(?:gnu)?makefile$|justfile$", re.I), "makefile"),
    (re.compile(r"\.env\b|env\."), "settings"),
)
CODE = ("javascript", "code", "code-dart", "code-hash", "code-dash", "code-php")
"""The syntaxes that are read by their literals."""
_TEMPLATES = frozenset(["j2", "jinja", "jinja2", "tmpl", "gotmpl", "template", "example", "sample", "dist", "in"])


def syntax_of(path: str) -> str | None:
    """The syntax of the file with this path; None where no reader knows it. A template may have words of its own."""
    name = path.rsplit("/", 1)[-1]
    suffixes = name.lower().split(".")[1:]
    if len(suffixes) > 1 and suffixes[-1] in _TEMPLATES:
        suffixes = [each for each in suffixes[:-1] if each in _BY_SUFFIX]
    if suffixes and suffixes[-1] in _BY_SUFFIX:
        return _BY_SUFFIX[suffixes[-1]]
    return next((syntax for pattern, syntax in _NAMES if pattern.match(name)), None)
