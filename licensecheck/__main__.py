"""Entry point of `python -m licensecheck`."""

from licensecheck.start import main

if __name__ == "__main__":
    main()
