"""What a value can be: a repository on a hub, an address, a tag, a path, a placeholder, or no model at all."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from licensecheck.frozen import dataclass
from licensecheck.lazy import re
from licensecheck.repository.syntax.shell import with_defaults


class Form(str, Enum):
    """The shapes of a value that names a model."""

    HUB = "hub"
    ADDRESS = "address"
    CACHE = "cache"
    TAG = "tag"
    BARE = "bare"
    LOCAL = "local"
    PLACEHOLDER = "placeholder"
    SERVICE = "service"
    WEIGHTS = "weights"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Value:
    """A value taken for a model: as written, its form, the name that a catalog may know it by, and its revision."""

    model: str
    form: Form
    name: str
    revision: str | None = None


_SEGMENT = r"[A-Za-z0-9][\w.\-]{0,95}"
_HUB = re.compile(rf"(?P<name>{_SEGMENT}/{_SEGMENT})(?:@(?P<rev>[\w.\-/]+)|:(?P<tag>[\w.\-]+))?")
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+\-]*)://?(?P<rest>\S+)")
_PREFIX = re.compile(
    rf"(?:hf|huggingface|hf[_\-]hub|hf_hub|hub)(?::[a-z\-]+)?:(?P<rest>{_SEGMENT}/{_SEGMENT}(?:@[\w.\-]+|:[\w.\-]+)?)"
)
"""`hf:owner/name`, as several tools write an address."""
_LINK = re.compile(
    r"https?://(?:www\.)?(?P<host>[\w.\-]+)/(?P<path>[^\s?#\"'`)\]}>,;]+)[^\s]*",
)
_ELSEWHERE = re.compile(r"https?://")
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)(?::\d+)?$")
"""Hosts that are kept free for examples (RFC 2606)."""
_HUB_PATH = re.compile(
    rf"(?:models/)?(?P<name>{_SEGMENT}/{_SEGMENT}?)(?:/(?:resolve|tree|blob|raw)/(?P<rev>[^/\s]+).*)?/?"
)
_CACHE = re.compile(
    r"(?:^|/)models--(?P<org>[\w.\-]+?)--(?P<name>[\w.\-]+?)(?:/snapshots/(?P<rev>[0-9a-f]{7,40}))?(?:/|$)"
)
_TAGGED = re.compile(r"(?:[\w.\-]+/)?[A-Za-z][\w.\-]*:[\w.\-]+")
_REGISTRY = re.compile(r"[\w\-]+(?:\.[\w\-]+)+(?::\d+)?(?:/[\w.\-]+){2,5}(?:[:@][\w.\-:]+)?")
_BARE = re.compile(r"[A-Za-z0-9][\w.\-]*")
_OPEN = re.compile(r"\{\{|\{[\w.\[\]'\"]*\}|\$[\w{(]|%[({]|\*|\\")
_HOLE = re.compile(r"\$?\{\{[^{}]*\}\}|\$?\{[^{}]*\}|\$\w+|%(?:\(\w+\))?[sd]")
_PARTIAL = re.compile(rf"(?P<owner>{_SEGMENT})/(?=[^/]*[A-Za-z]|\{{\}})[\w.\-]*\{{\}}[\w.\-{{}}]*")
"""An id whose owner is known, and whose name is put together from what is not."""
_LETTER = re.compile(r"[A-Za-z]")
_HUB_SCHEMES = ("hf", "huggingface", "modelscope", "ms")
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of `rules/scan/values.yaml`, compiled."""

    placeholder: re.Pattern[str]
    local: re.Pattern[str]
    not_model: re.Pattern[str]
    family: re.Pattern[str]
    legacy: re.Pattern[str]
    catalogue: re.Pattern[str]
    service: re.Pattern[str]
    services: frozenset[str]
    engines: frozenset[str]
    hubs: Mapping[str, str]
    remote: frozenset[str]
    nearby: frozenset[str]
    not_repositories: frozenset[str]
    weights: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Vocabulary:
        """The vocabulary of the data file."""
        return cls(
            placeholder=_any(data["placeholders"]),
            local=_any(data["local"]),
            not_model=_any(data["not_models"]),
            family=re.compile("|".join(data["families"]), re.IGNORECASE),
            legacy=_any(data["legacy"]),
            catalogue=_any(data["catalogues"]),
            service=_any(data["services"]["models"]),
            services=frozenset(data["services"]["providers"]),
            engines=frozenset(data["engines"]),
            hubs=data["hubs"],
            remote=frozenset(data["addresses"]["remote"]),
            nearby=frozenset(data["addresses"]["nearby"]),
            not_repositories=frozenset(data["not_repositories"]),
            weights=_any(data["weights"]),
        )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def read_value(text: str, words: Vocabulary) -> Value | None:
    """What a text that stands where a model is named says; None where that is no model or not known here."""
    text = with_defaults(text.strip().strip("\"'`,;").strip())
    if len(text) > 300 or text[:1] in ("{", "[", "") or not _LETTER.search(text) or "\n" in text:
        return None
    if _ELSEWHERE.match(text) and _host(text) not in words.hubs:
        if not words.weights.search(text) or _OPEN.search(text):
            return None
        return Value(text, Form.PLACEHOLDER if _RESERVED.search(_host(text)) else Form.WEIGHTS, text)
    if words.catalogue.fullmatch(text):
        return Value(text, Form.HUB, text)
    if words.placeholder.search(text) and " " not in text:
        return Value(text, Form.PLACEHOLDER, text)
    if any(c.isspace() for c in _HOLE.sub("", text)):
        return None
    if _OPEN.search(text):
        return _partial(text, words)
    prefixed = _PREFIX.fullmatch(text)
    if prefixed:
        inner = _HUB.fullmatch(prefixed["rest"])
        return Value(text, Form.ADDRESS, inner["name"], inner["rev"] or inner["tag"]) if inner else None
    return _cache(text, words) or _address(text, words) or _path(text, words) or _named(text, words)


def _partial(text: str, words: Vocabulary) -> Value | None:
    """An id that is half known: its owner stands there, its name is put together."""
    made = _HOLE.sub("{}", text).removeprefix("hf://")
    found = _PARTIAL.fullmatch(made)
    if not found or words.local.search(made) or words.not_model.search(made) or found["owner"].lower() in words.engines:
        return None
    return Value(made, Form.PARTIAL, made)


def _host(address: str) -> str:
    return address.split("/", 3)[2].lower().removeprefix("www.")


def _cache(text: str, words: Vocabulary) -> Value | None:
    found = _CACHE.search(text) if "--" in text else None
    if not found or found["name"].endswith(("-", "_", ".")):  # the beginning of many names
        return None
    name = f"{found['org']}/{found['name']}"
    if words.placeholder.search(name):
        return Value(text, Form.PLACEHOLDER, name)
    return Value(f"{found['org']}--{found['name']}", Form.CACHE, name, found["rev"])


def _address(text: str, words: Vocabulary) -> Value | None:
    link = _LINK.fullmatch(text)
    if link:
        return read_link(link["host"], link["path"], words)
    found = _SCHEME.fullmatch(text)
    if not found:
        return None
    scheme, rest = found["scheme"], found["rest"]
    if scheme in words.nearby:
        return Value(text, Form.LOCAL, text)
    if scheme not in words.remote:
        return None
    if scheme in _HUB_SCHEMES:
        inner = _HUB.match(rest)
        if inner:
            return Value(text, Form.ADDRESS, inner["name"], inner["rev"] or inner["tag"])
    return Value(text, Form.ADDRESS, rest, _tag(rest))


def read_link(host: str, path: str, words: Vocabulary) -> Value | None:
    """The model that a link to a hub leads to."""
    kind = words.hubs.get(host.lower())
    if kind is None:
        return None
    path = path.rstrip("/.:*_")
    if kind == "tags":
        name = path.removeprefix("library/")
        return Value(name, Form.TAG, name) if path.startswith("library/") else None
    found = _HUB_PATH.fullmatch(path.removesuffix(".git"))
    if not found or found["name"].split("/")[0] in words.not_repositories or found["name"].endswith("/"):
        return None
    revision = found["rev"] if found["rev"] not in (None, "main", "master") else None
    return Value(found["name"], Form.HUB, found["name"], revision)


def _path(text: str, words: Vocabulary) -> Value | None:
    if text[0] in "./~" or _WINDOWS.match(text) or words.local.search(text):
        return Value(text, Form.LOCAL, text) if len(text) > 2 else None
    return None


def _named(text: str, words: Vocabulary) -> Value | None:
    if words.not_model.search(text):
        return None
    head, _, rest = text.partition("/")
    if rest and head.lower() in words.services:
        return Value(text, Form.SERVICE, rest)
    if rest and head.lower() in words.engines:
        return Value(text, Form.TAG, rest, _tag(rest))
    if words.service.search(text):
        return Value(text, Form.SERVICE, text)
    if head in words.hubs:
        inner = _HUB.fullmatch(rest)
        if inner and rest.partition("/")[0] in words.not_repositories:
            return None
        return Value(text, Form.HUB, inner["name"], inner["tag"]) if inner else None
    found = _HUB.fullmatch(text)
    if found and ".." not in text:
        return Value(text, Form.HUB, found["name"], found["rev"] or found["tag"])
    if _TAGGED.fullmatch(text) or _REGISTRY.fullmatch(text):
        return Value(text, Form.TAG, text, _tag(text))
    return Value(text, Form.BARE, text) if _BARE.fullmatch(text) else None


def _tag(text: str) -> str | None:
    return text.rpartition("/")[2].partition(":")[2] or None
