"""Check rules from `rules/check/`, and the tables that the engine reads beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from licensecheck.catalog.built_data import load_data, rules_root, source_names
from licensecheck.catalog.catalog import per_catalog
from licensecheck.catalog.overlays import check_new_ids, overlay_files
from licensecheck.catalog.yaml_files import load_yaml
from licensecheck.domain.findings import Status
from licensecheck.domain.rules import (
    All,
    Asking,
    CheckRule,
    Condition,
    Currency,
    Either,
    GrantLimit,
    Knowledge,
    Languages,
    Need,
    Not,
    Presumption,
    Purposes,
    Right,
    RightsModel,
    Test,
    Topic,
    UseCategory,
)
from licensecheck.errors import DataError, Place


def check_files() -> list[Path]:
    """The files of all check rules, in a fixed order."""
    return sorted((rules_root() / "check").rglob("*.yaml"))


def load_check(path: Path) -> tuple[CheckRule, tuple[Mapping[str, Any], ...]]:
    """One check rule and its examples."""
    data = load_yaml(path)
    return _checked(data, str(path)), tuple(data.get("examples", ()))


def load_checks() -> tuple[CheckRule, ...]:
    """All check rules, in the order of their paths: those that ship with the project, then those of overlays."""
    built_in = [_checked(load_data(name), name) for name in source_names() if name.startswith("check/")]
    files = overlay_files("rules", "check/**/*.yaml")
    check_new_ids((rule.id for rule in built_in), files, what="check rule")
    added = [_checked(data, str(path)) for path, data in files.data.items()]
    return tuple(rule for rule in (*built_in, *added) if rule.id not in files.retired or rule in added)


def _checked(data: Mapping[str, Any], path: str) -> CheckRule:
    try:
        return parse_check(data, path=path)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise DataError(f"not a usable check rule: {fault}", Place(path=path)) from None


def parse_check(data: Mapping[str, Any], *, path: str) -> CheckRule:
    """The rule that a file's data states; the JSON Schema of rules is checked by `rules lint`, not here."""
    return CheckRule(
        id=data["id"],
        title=data["title"],
        status=data["status"],
        since=str(data["since"]),
        why=data["why"],
        fix=data["fix"],
        basis=tuple(data.get("basis", ())),
        terms=tuple(data["terms"]),
        yields=Status(data["yields"]),
        message=data["message"],
        path=path,
        where=_condition(data.get("where")),
        triggers=tuple(data.get("triggers", ())),
        barred=tuple(data.get("barred", ())),
        adds=tuple(data.get("adds", ())),
        assume=frozenset(data.get("assume", ())),
        when=_condition(data.get("when")),
        unless=_condition(data.get("unless")),
        otherwise=Status(data.get("otherwise", "met")),
        doubt=Status(data.get("doubt", "review")),
        met=data.get("met", ""),
        not_applicable=data.get("not_applicable", ""),
        question=data.get("question"),
    )


def _condition(data: Any) -> Condition | None:
    if data is None:
        return None
    parts = tuple(_clause(key, value) for key, value in data.items())
    return parts[0] if len(parts) == 1 else All(parts=parts)


def _clause(key: str, value: Any) -> Condition:
    if key == "all":
        return All(parts=tuple(_parts(value)))
    if key == "any":
        return Either(parts=tuple(_parts(value)))
    if key == "not":
        part = _condition(value)
        if part is None:
            raise ValueError("'not' without a condition")
        return Not(part=part)
    return Test(fact=key, values=tuple(value) if isinstance(value, list) else (value,))


def _parts(value: Any) -> Iterator[Condition]:
    for item in value:
        part = _condition(item)
        if part is not None:
            yield part


@per_catalog
def load_knowledge() -> Knowledge:
    """The check rules and all tables that ship with the project; read once."""
    kinds = load_data("terms.yaml")["terms"]
    rules = load_checks()
    dropped = kinds.keys() - {kind for rule in rules for kind in rule.terms}
    if dropped:
        raise DataError(f"no check rule is about {', '.join(sorted(dropped))}", Place(path="rules/check"))
    return Knowledge(
        rules=rules,
        rights=_rights(load_data("rights.yaml")),
        regions=_regions(load_data("regions.yaml")),
        sanctioned=frozenset(load_data("regions.yaml")["sanctioned"]["places"]),
        currencies=_currencies(load_data("currencies.yaml")),
        compatible=_compatible(load_data("compatible.yaml")),
        questions=_questions(load_data("questions.yaml")),
        groups={kind: term["group"] for kind, term in kinds.items()},
    )


@per_catalog
def load_uses(category: str) -> UseCategory | None:
    """The everyday words of one prohibited-use category; None where the project has none."""
    name = f"uses/{category}.yaml"
    if category.startswith("_") or name not in source_names():
        return None
    return _category(load_data(name))


@per_catalog
def load_harmless() -> dict[str, tuple[str, ...]]:
    """Phrases, by list, that make a use harmless where they stand beside what is banned: detection, history."""
    data = load_data("uses/_harmless.yaml")
    return {name: tuple(phrases) for name, phrases in data["lists"].items()}


@per_catalog
def load_word_sets() -> dict[str, tuple[str, ...]]:
    """The sets of words that phrases of the use vocabulary name in angle brackets."""
    data = load_data("uses/_sets.yaml")
    return {name: tuple(str(word) for word in words) for name, words in data["sets"].items()}


@per_catalog
def load_homonyms() -> dict[str, tuple[str, ...]]:
    """Words of bans that mean something else beside other things, each with these things."""
    return {entry["word"]: tuple(entry["objects"]) for entry in load_data("uses/_homonyms.yaml")["homonyms"]}


def trade_files() -> list[Path]:
    """The files of the trades, in a fixed order."""
    return sorted((rules_root() / "purposes").glob("[a-z]*.yaml"))


@per_catalog
def load_purposes() -> Purposes:
    """The words of the purposes of all trades together."""
    general, hints = load_data("purposes/_general.yaml"), load_data("purposes/_hints.yaml")["hints"]
    trades = [load_data(name) for name in source_names() if name.startswith("purposes/") and "/_" not in name]
    tasks = (task for trade in trades for task in trade["tasks"])
    things = (thing for trade in trades for thing in trade["things"])
    return Purposes(
        sure=tuple(general["sure"]),
        work=tuple(dict.fromkeys((*general["plain"], *tasks))),
        things=tuple(dict.fromkeys(things)),
        fillers=tuple(general["fillers"]),
        vague=frozenset(general["vague"]),
        placeholders=frozenset(general["placeholders"]),
        hints={category: tuple(phrases) for category, phrases in hints.items()},
    )


@per_catalog
def load_bodies() -> dict[str, tuple[str, ...]]:
    """Words in an organization's name that tell what sort of body it is."""
    data = load_data("bodies.yaml")
    return {sort: tuple(words) for sort, words in data["bodies"].items()}


def _category(data: Mapping[str, Any]) -> UseCategory:
    return UseCategory(
        category=data["category"],
        question=data["question"],
        topics=tuple(_topic(name, topic) for name, topic in data["topics"].items()),
        near=tuple(data.get("near", ())),
        always_banned=tuple(data.get("always_banned", ())),
        exempting=tuple(data.get("exempting", ())),
        inherent=tuple(data.get("inherent", ())),
        harmless=tuple(data.get("harmless", ())),
        related=tuple(data.get("related", ())),
    )


def _topic(name: str, data: Mapping[str, Any]) -> Topic:
    return Topic(
        name=name,
        named=tuple(data.get("named", ())),
        plain=tuple(data.get("plain", ())),
        maybe=tuple(data.get("maybe", ())),
        named_only=data.get("named_only", False),
    )


def _rights(data: Mapping[str, Any]) -> RightsModel:
    return RightsModel(
        rights={
            name: Right(
                says=entry["says"],
                refused_by=tuple(entry.get("refused_by", ())),
                regulated_by=tuple(entry.get("regulated_by", ())),
            )
            for name, entry in data["rights"].items()
        },
        included=_included(data),
        presumed=tuple(
            Presumption(right=one["right"], given=frozenset(one["given"]), where=frozenset(one["where"]))
            for one in data["presumed"]
        ),
        needs=tuple(Need(right=need["right"], when=_condition(need.get("when"))) for need in data["needs"]),
        survives=frozenset(data["survives"]),
        limits={name: _limit(entry) for name, entry in data["limits"].items()},
    )


def _included(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """For each right the others by which it is granted too."""
    found: dict[str, set[str]] = {name: set() for name in data["rights"]}
    for entry in data["includes"]:
        found[entry["right"]].update(entry["by"])
    return {name: frozenset(others) for name, others in found.items()}


def _limit(entry: Mapping[str, Any]) -> GrantLimit:
    return GrantLimit(
        says=entry["says"],
        kept=_condition(entry.get("kept")),
        judged_by=frozenset(entry.get("judged_by", ())),
        shown=entry.get("shown", False),
    )


def _regions(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes) for name, codes in data["regions"].items()}


def _currencies(data: Mapping[str, Any]) -> dict[str, Currency]:
    rates = data["usd_per_unit"]
    return {code: Currency(code=code, low=float(low), high=float(high)) for code, (low, high) in rates.items()}


def _compatible(data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {entry["license"].casefold(): frozenset(x.casefold() for x in entry["also"]) for entry in data["compatible"]}


def _questions(data: Mapping[str, Any]) -> dict[str, Asking]:
    return {
        fact: Asking(
            fact=fact,
            text=entry["text"],
            field=entry.get("field", fact),
            choices=tuple(entry.get("choices", ())),
            explains=tuple(entry.get("explains", {}).items()),
            type=entry.get("type", "text"),
        )
        for fact, entry in data["questions"].items()
    }


@per_catalog
def load_languages() -> Languages:
    """By what the languages show that the rules do not read."""
    data = load_data("languages.yaml")
    words = {name: frozenset(words) for name, words in data["words"].items()}
    scripts = {name: tuple(writings) for name, writings in data["scripts"].items()}
    return Languages(
        scripts=scripts,
        mixed=frozenset(data["mixed"]),
        known={name: tuple(words) for name, words in data["known"].items()},
        read=frozenset(data["read"]),
        words=words,
        small=frozenset().union(*words.values()),
    )
