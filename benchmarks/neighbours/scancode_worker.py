"""Run by the interpreter of ScanCode: names the licenses of texts, JSON lines in and out, until time is up."""

from __future__ import annotations

import json
import re
import sys
import time
import warnings

warnings.simplefilter("ignore")


def main() -> None:
    """Read texts from standard input, and stop after the seconds of the first argument."""
    from licensedcode.cache import get_index

    index = get_index()
    index.match(query_string="warm")
    limit, begun = float(sys.argv[1]), time.process_time()
    for line in sys.stdin:
        if time.process_time() - begun > limit:
            return
        task = json.loads(line)
        start = time.process_time()
        matches = index.match(query_string=task["text"])
        cost = time.process_time() - start
        keys = {key for match in matches for key in re.findall(r"[\w.+-]+", match.rule.license_expression)}
        print(json.dumps({"number": task["number"], "keys": sorted(keys), "cpu": cost}), flush=True)


if __name__ == "__main__":
    main()
