"""The review in a browser, and the register that remembers: `licensecheck serve`. Needs the extra `serve`."""
