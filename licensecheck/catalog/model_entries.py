"""Find what the model catalog knows of a model name, from the built index alone.

Precedence: an exact name; the same name at a provider or in a local registry; a pattern of the publisher; a re-upload
by a known mirror; an id that public lists name; and last a word in the name that shows what the model was made from,
which gives no license.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from licensecheck import DATA_VERSION
from licensecheck.catalog.catalog import current, per_catalog
from licensecheck.catalog.records import all_records, built_index
from licensecheck.domain.licenses import Availability, Channel, ModelEntry, Resolution
from licensecheck.frozen import dataclass, replace
from licensecheck.lazy import re

# The name of a model as people write it, taken apart: where it comes from, whose it is, and what was done to it.


LIKE = 4
"""So many first letters after the publisher's name must be alike for a listed id to be named beside an unknown one."""
_HUB = re.compile(
    r"^(?:(?:hf|huggingface|modelscope)://"
    r"|(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn)/)(?:models/)?",
    re.IGNORECASE,
)
_REGISTRY = re.compile(r"^(?:ollama://)?(?:library/)?", re.IGNORECASE)
_CACHE = re.compile(r"(?:^|/)models--([^/]+?)--([^/]+)(?:/|$)")
_JOINED = re.compile(r"^([^/]+?)--([^/]+)$")
_REVISION = re.compile(r"(?<=.)@(?:[\w./-]+)$")
_CONVERSION = re.compile(
    r"[-_.](?:i1-)?(?:gguf|ggml|awq|gptq|exl[23]|mlx|onnx|openvino|hqq|aqlm|imatrix|bnb|nf4|fp4|nvfp4|mxfp4|fp8|bf16|fp16|f16|int[48]"
    r"|[2-8]-?bits?|[2-8]\.?\d*bpw|w\d+a\d+|quantized|dynamic|kv|iq?[1-8]_\w+|q[1-8](?:_\w+)?|q[48]f16|g\d+|gs?\d+|marlin|sharded|unsloth"
    r"|qat|int4|int8|uint4|sym|inc|autoround|text-only|mirror|no-?gate|ungated)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelName:
    """A model name in lower case: `owner` and `base` of a hub id, `tag` of a local name (`llama3.2:1b`).

    `text` is the name as it was written, without the address around it.
    """

    owner: str | None
    base: str
    tag: str | None = None
    text: str = ""

    @property
    def key(self) -> str:
        """The name as it stands in the index."""
        text = f"{self.owner}/{self.base}" if self.owner else self.base
        return f"{text}:{self.tag}" if self.tag else text


def parse_model_name(text: str) -> ModelName:
    """The parts of a model name, hub address, cache folder or local name."""
    name = _repository(text.strip())
    if "@" in name:
        name = _REVISION.sub("", name)
    path, _, tag = name.lower().partition(":")
    owner, _, base = path.rpartition("/")
    return ModelName(owner=owner or None, base=base, tag=tag or None, text=name)


def _repository(text: str) -> str:
    """The name without the address or path around it; of a hub address the owner and the name that follow it.

    Most names are bare, and few processes look at another: what a form cannot do without is looked for first.
    """
    cached = (_CACHE.search(text) or _JOINED.search(text)) if "--" in text else None
    if cached and cached[1] != "models":
        return f"{cached[1]}/{cached[2]}"
    on_hub = _HUB.match(text) if "://" in text or "." in text.partition("/")[0] else None
    if on_hub:
        return "/".join(text[on_hub.end() :].strip("/").split("/")[:2])
    if text[:10].lower().startswith(("ollama://", "library/")):
        text = _REGISTRY.sub("", text)
    return text.strip("/")


def without_conversion(base: str) -> str:
    """The name without what quantizers and converters append: `-GGUF`, `-AWQ`, `-bnb-4bit`, `.Q4_K_M.gguf`."""
    before = ""
    while base != before:
        before, base = base, _CONVERSION.sub("", base)
    return base


# From an entry of the model catalog to what is known of the model that somebody named.


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry of the catalog, by what means a name led to it, and what the name adds to it.

    `note` says why the name is not trusted; where it is filled the license of the entry is not taken over.
    """

    data: Mapping[str, Any]
    model: str
    resolved: Resolution
    certain: bool
    relation: str | None = None
    note: str | None = None


def entry_of(
    found: Found, *, asked: str, provider: str | None, channels: Mapping[str, Mapping[str, Any]]
) -> ModelEntry:
    """What is known of a model that was found; `channels` says of each way to get a model what binds."""
    data = found.data
    repeated = found.resolved is Resolution.MIRROR
    gated = data.get("gated") and not repeated
    availability = Availability(data.get("availability", "gated" if gated else "public"))
    copied = "re-upload" if repeated else None
    doubtful = found.note is not None
    return ModelEntry(
        model=found.model,
        asked=asked,
        resolved=found.resolved,
        certain=found.certain,
        licenses=() if doubtful else tuple(data["licenses"]),
        license_is_family=not doubtful and bool(data.get("family")),
        bases=(found.model,) if repeated else tuple(data.get("base", ())),
        relation=found.relation if repeated else data.get("relation"),
        modalities=tuple(data["modalities"]) if "modalities" in data else None,
        availability=None if doubtful else availability,
        channels=() if doubtful else _ways(provider or data.get("channel") or copied, availability, channels),
        since=data.get("since"),
        listed=tuple(data.get("listed", ())),
        note=found.note or data.get("note"),
    )


def _ways(
    name: str | None, availability: Availability, channels: Mapping[str, Mapping[str, Any]]
) -> tuple[Channel, ...]:
    """The channel that is known by its name; else the usual ones for a model of this availability."""
    if name and availability is not Availability.API_ONLY:
        return (_way(name, channels[name]),)
    return tuple(_way(usual, data) for usual, data in channels.items() if availability.value in data["usual_for"])


def _way(name: str, data: Mapping[str, Any]) -> Channel:
    return Channel(name=name, binds=tuple(data["binds"]), note=data.get("note"))


def derivative_of(name: ModelName, made_from: str, *, asked: str) -> ModelEntry:
    """An entry without a license for a name that only shows what the model was made from."""
    return ModelEntry(
        model=name.text,
        asked=asked,
        resolved=Resolution.DERIVATIVE,
        certain=False,
        made_from=made_from,
        note="The name shows what the model was made from; which base, under which license, is not known.",
    )


# Find what the model catalog knows of a model name, from the built index alone.


def find_model(model_id: str) -> ModelEntry | None:
    """What is known of the model of this name, or None: an unknown name stays unknown."""
    full = parse_model_name(model_id)
    if not full.base:
        return None
    name, provider = _without_provider(full)
    if provider is not None and _is_published(full):
        name, provider = full, None
    found = _listed(name) or _repeated(name) or _in_lists(name)
    if found is not None:
        return entry_of(found, asked=model_id, provider=provider, channels=_table("channels"))
    made_from = _made_from(name)
    return derivative_of(name, made_from, asked=model_id) if made_from else None


def _is_published(name: ModelName) -> bool:
    """True for a model that the catalog lists under the very name of a publisher that is a provider too."""
    found = _listed(name)
    return found is not None and found.resolved is Resolution.EXACT


def _in_lists(name: ModelName) -> Found | None:
    """The entry of an id that public lists name; what they declare is certain only where the publisher says it."""
    listed = built_index().find("listed", _without_tag(name)) if name.owner else None
    if listed is None:
        return None
    spelt, data = listed
    return Found(data=data, model=spelt, resolved=Resolution.LISTED, certain=data["certain"])


def nearest_listed(model_id: str) -> str | None:
    """The id of the same publisher whose name begins most like an unknown one: a hint, which says nothing of it."""
    name = parse_model_name(model_id)
    if not name.owner:
        return None
    begin, index = f"{name.owner}/", built_index()
    nearest: tuple[int, str] = (len(begin) + LIKE - 1, "")
    for table in ("model", "listed"):
        for key in index.neighbours(table, name.key):
            shared = _alike(key, name.key)
            if key.startswith(begin) and shared > nearest[0]:
                nearest = shared, (index.find(table, key) or [""])[0]
    return nearest[1] or None


def unknown_model(model_id: str) -> str:
    """What to say of a model that is not known: as of which data, and which listed name is most like its own."""
    nearest = nearest_listed(model_id)
    near = f"; the nearest listed name is {nearest}, which says nothing of this one" if nearest else ""
    return f"not known here (data of {DATA_VERSION}): its license is not known{near}"


def _alike(first: str, second: str) -> int:
    """How many letters two names have in common from the start."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _listed(name: ModelName) -> Found | None:
    """The entry that lists the name, or whose pattern fits it; those of overlays first."""
    for index in overlay_models():
        found = _listed_in(_Given(index), name)
        if found is not None:
            return found
    return _listed_in(_Built(), name)


START = 3
"""By so many letters the patterns of names are grouped."""
Patterns = list[tuple[int, str, Mapping[str, Any]]]
"""Regular expressions of names and their entries, with the place of each in the order in which they are tried."""


class _Lists(Protocol):
    """A list of models: what an exact name stands for, and the patterns that may fit a name."""

    def exact(self, key: str) -> tuple[str, Mapping[str, Any]] | None: ...

    def patterns(self, key: str) -> Patterns: ...


class _Built:
    """The lists that ship with the project, in the built index."""

    def exact(self, key: str) -> tuple[str, Mapping[str, Any]] | None:
        found: tuple[str, Mapping[str, Any]] | None = built_index().find("model", key)
        return found

    def patterns(self, key: str) -> Patterns:
        index = built_index()
        if index.is_busy:
            groups = _all_patterns()
            near = (*groups.get("", ()), *groups.get(key[:START], ()))
            return [each for literal, patterns in near if key.startswith(literal) for each in patterns]
        begins = (key[:length] for length in _table("lengths") if length <= len(key))
        return [pattern for begin in begins for pattern in index.find("pattern", begin) or ()]


class _Given:
    """The lists of an overlay."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self._index = index

    def exact(self, key: str) -> tuple[str, Mapping[str, Any]] | None:
        spelt = {text.lower(): (text, self._index["entries"][number]) for text, number in self._index["exact"].items()}
        return spelt.get(key)

    def patterns(self, key: str) -> Patterns:
        entries, patterns = self._index["entries"], self._index["patterns"]
        return [
            (n, regex, entries[number]) for n, (begin, regex, number) in enumerate(patterns) if key.startswith(begin)
        ]


def _listed_in(lists: _Lists, name: ModelName) -> Found | None:
    for key in (name.key, _without_tag(name)):
        listed = lists.exact(key)
        if listed is not None:
            spelt, data = listed
            resolved = Resolution.ALIAS if "is" in data else Resolution.EXACT
            model = data.get("is") or spelt
            return Found(data=data, model=model, resolved=resolved, certain=data.get("certain", True))
    for _, regex, data in sorted(lists.patterns(name.key), key=_place):
        if re.fullmatch(regex, name.key):
            resolved = Resolution.ALIAS if "is" in data else Resolution.PATTERN
            model = data.get("is") or name.text
            return Found(data=data, model=model, resolved=resolved, certain=data.get("certain", False))
    return None


def _place(pattern: tuple[int, str, Mapping[str, Any]]) -> int:
    return pattern[0]


def _repeated(name: ModelName) -> Found | None:
    """The listed model of which the name is a re-upload or a conversion; certain for known mirrors and publishers."""
    plain = without_conversion(name.base)
    for base in dict.fromkeys((plain, plain.partition("_")[2], plain.partition(".")[2])):
        target: str = built_index().find("base", base) or ""
        found = _listed(parse_model_name(target)) if target else None
        if found is not None:
            trusted = name.owner in (*_table("mirrors"), target.rpartition("/")[0])
            return replace(
                found,
                resolved=Resolution.MIRROR,
                certain=found.certain and trusted,
                relation="quantized" if plain != name.base else None,
                note=None if trusted else _distrust(name, found.model),
            )
    return None


def _distrust(name: ModelName, model: str) -> str:
    if name.owner is None:
        return f"The name repeats {model}, without its owner: taken for made from it, which is not certain."
    return f"The name repeats {model}; {name.owner} is not a known mirror, so that it counts as made from it."


def _made_from(name: ModelName) -> str | None:
    """The record whose models a word in the name points to."""
    anywhere, families = _family_patterns()
    if not anywhere.search(name.base):
        return None
    return next((made_from for made_from, pattern in families if pattern.search(name.base)), None)


@per_catalog
def _family_patterns() -> tuple[re.Pattern[str], list[tuple[str | None, re.Pattern[str]]]]:
    """What finds any word that points to a family, and for each family what finds one of its own."""
    families: list[tuple[str | None, list[str]]] = _table("families")
    found = [(made_from, _any_of(words)) for made_from, words in families]
    return _any_of([word for _, words in families for word in words]), found


def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


@per_catalog
def _all_patterns() -> dict[str, list[tuple[str, Patterns]]]:
    """All patterns by the letters with which names begin, in groups that begin alike, for runs that look up much.

    Letters too few for a group stand in that of the empty name.
    """
    index = built_index()
    groups: dict[str, list[tuple[str, Patterns]]] = {}
    for literal in index.keys("pattern"):
        group = literal[:START] if len(literal) >= START else ""
        groups.setdefault(group, []).append((literal, index.find("pattern", literal) or []))
    return groups


def _without_provider(name: ModelName) -> tuple[ModelName, str | None]:
    """The name without the provider or registry that it begins with, and that provider's kind of channel."""
    owner, providers = name.owner or "", _table("providers")
    if "/" not in owner and owner not in providers:
        return name, None
    for prefix, channel in providers.items():
        if owner == prefix or owner.startswith(prefix + "/"):
            return parse_model_name(name.text[len(prefix) + 1 :]), channel
    return name, None


def _without_tag(name: ModelName) -> str:
    """The name without a tag that does not choose the model: of a hub id (`…-GGUF:Q4_K_M`, `…:free`), or `latest`."""
    if name.owner:
        return f"{name.owner}/{name.base}"
    return name.base if name.tag == "latest" else name.key


@per_catalog
def _table(name: str) -> Any:
    """A small table of the model catalog, read whole."""
    return built_index().find("models", name)


@per_catalog
def overlay_models() -> tuple[Mapping[str, Any], ...]:
    """The index of models of each overlay, in the form of the built-in one."""
    folders = current().folders("models")
    if not folders:
        return ()
    from licensecheck.catalog.build import build_model_list

    known = {record.id: record.is_family for record in all_records()}
    return tuple(build_model_list(folder, known=known) for folder in folders)
