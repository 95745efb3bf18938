"""Exit statuses; the only place that knows them."""

OK = 0
"""Nothing stands at or above the `--fail-on` level."""
FOUND = 1
"""Something does."""
UNUSABLE = 2
"""The call or an input cannot be used."""
