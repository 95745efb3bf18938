#!/bin/sh
# @cyclonedx/cyclonedx-library 10.3.0 (npm; the writer under the CycloneDX tools for npm, yarn and webpack), JsonSerializer
# Expect: a component with an expression for its code and a named license for its weights is refused, or both are written.
# Seen:   the expression is written alone, without a word; named licenses and ids beside it are gone. Two entries that are
#         no expression are both kept. (CycloneDX 1.6 allows an expression, or a list, and not both.)
#         Apache-2.0 OR MIT + Heron Noncommercial License -> Apache-2.0 OR MIT
# So:     put weights into a component of their own, of type machine-learning-model, with one license each; where the code
#         of a release is under an expression, look for the license of the weights elsewhere than in this BOM.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @cyclonedx/cyclonedx-library@10.3.0
cat > bom.mjs <<'J'
import assert from "node:assert";
import * as CDX from "@cyclonedx/cyclonedx-library";

const { Component, LicenseExpression, NamedLicense, SpdxLicense, Bom } = CDX.Models;
const bom = new Bom();
for (const [name, licenses] of [
  ["one", [new LicenseExpression("Apache-2.0 OR MIT"), new NamedLicense("Heron Noncommercial License")]],
  ["two", [new SpdxLicense("MIT"), new NamedLicense("Heron Noncommercial License")]],
]) {
  const component = new Component(CDX.Enums.ComponentType.MachineLearningModel, name);
  licenses.forEach((license) => component.licenses.add(license));
  bom.components.add(component);
}
for (const version of [CDX.Spec.Spec1dot6, CDX.Spec.Spec1dot7]) {
  const writer = new CDX.Serialize.JsonSerializer(new CDX.Serialize.JSON.Normalize.Factory(version));
  const written = Object.fromEntries(JSON.parse(writer.serialize(bom)).components.map((c) => [c.name, c.licenses]));
  console.log(version.version, JSON.stringify(written));
  assert.deepEqual(written.one, [{ expression: "Apache-2.0 OR MIT" }]);
  assert.equal(written.two.length, 2);
}
J
node bom.mjs
echo "as described: cyclonedx-library-js-drops-a-license"
