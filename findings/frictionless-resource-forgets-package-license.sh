#!/bin/sh
# frictionless 5.21.0, a resource (a table) that is taken out of a data package and put into another
# Expect: the license of the package goes with it, since the standard says that a resource without one has that of its package.
# Seen:   resource.licenses is empty while it is in the package, and the package that it is put into takes over no license.
#         in the package: []   new package: no licenses   (one that states its own keeps it: ['MIT'])
# So:     an empty list at a resource means "see the package", not "none": ask the package, and write the license into each
#         resource before tables are put together for training.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet frictionless==5.21.0
env/bin/python - <<'P'
from frictionless import Package

table = [["x"], [1]]
package = Package.from_descriptor(
    {
        "name": "pond",
        "licenses": [{"name": "CC-BY-NC-4.0"}],
        "resources": [{"name": "a", "data": table}, {"name": "b", "data": table, "licenses": [{"name": "MIT"}]}],
    }
)
within = [[each["name"] for each in resource.licenses] for resource in package.resources]
new = Package(name="mix", resources=[package.get_resource("a"), package.get_resource("b")]).to_descriptor()
carried = [resource.get("licenses") for resource in new["resources"]]
print(f"in the package: {within}   new package: {new.get('licenses')}   its resources: {carried}")
assert within == [[], ["MIT"]]
assert "licenses" not in new and carried == [None, [{"name": "MIT"}]]
P
echo "as described: frictionless-resource-forgets-package-license"
