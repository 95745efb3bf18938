"""A detect rule to fill in."""

from __future__ import annotations

_TEMPLATE = """\
id: {id}
kind: detect
title: What the clause does, in one line
status: trial
since: "0.1"
yields: {{term: {term}}}
why: What it means for who deploys the model.
basis: []
match:
  any:
    - <you> <ban> .. (words|other words)
{fixed}examples:
  - name: a plain case
    text: A sentence of your own that states it.
    expect: [{{kind: {term}}}]
  - name: a near miss
    text: A sentence of your own that only looks like it.
    expect: []
"""


def start_rule(rule_id: str, *, term: str | None, category: str | None) -> str:
    """The text of a rule of this id, with the kind of term and the category as far as they are known."""
    fixed = f"set: {{category: {category}}}\n" if category else ""
    return _TEMPLATE.format(id=rule_id, term=term or "FILL-IN", fixed=fixed)
