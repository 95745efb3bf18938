"""Which syntax a file is in, by its name."""

from __future__ import annotations

import re

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
    "javascript": "js mjs cjs ts mts tsx jsx vue svelte",
    "dockerfile": "dockerfile containerfile",
    "modelfile": "modelfile",
    "makefile": "mk makefile",
}
_BY_SUFFIX = {suffix: syntax for syntax, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}
_NAMES = (
    (re.compile(r"(?:docker|container)file", re.I), "dockerfile"),
    (re.compile(r"modelfile", re.I), "modelfile"),
    (re.compile(r"kitfile|mlmodel$|procfile$", re.I), "yaml"),
    (re.compile(r"(?:gnu)?makefile$|justfile$", re.I), "makefile"),
    (re.compile(r"\.env\b|env\."), "settings"),
)
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
