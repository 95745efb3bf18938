"""Check a model folder, and print what has to be done and answered before it may be deployed.

python examples/use_api.py examples/heron-9 examples/acme.yaml
"""

from __future__ import annotations

import sys

from licensecheck import Checker
from licensecheck.api import LicenseCheckError, Status


def main(target: str, profile: str) -> int:
    """Print the verdict, the actions and the questions; 1 where the deployment is denied."""
    try:
        report = Checker().check([target], profile=profile, today="2026-11-30")
    except LicenseCheckError as fault:
        print(fault, file=sys.stderr)
        return 2
    (checked,) = report.targets
    print(f"{checked.name or checked.target}: {report.verdict.value}")
    for finding in checked.findings:
        if finding.status is Status.ACTION:
            print(f"  to do: {finding.remedy or finding.message}")
    for question in checked.questions:
        print(f"  to answer: {question.text}")
    return int(report.verdict.value == "denied")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
