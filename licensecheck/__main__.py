"""Entry point of `licensecheck` and of `python -m licensecheck`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from licensecheck.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
