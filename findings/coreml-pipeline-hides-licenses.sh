#!/bin/sh
# coremltools 9.0, coremltools.models.pipeline.Pipeline
# Expect: the pipeline bears the licenses of its models, or the first one.
# Seen:   description.metadata.license of the pipeline is empty; each model within keeps its own.
#         pipeline: ''   models: ['CC-BY-NC-4.0', 'MIT']
# So:     look into pipeline.models of a Core ML file; an empty license at the top is no sign that none is declared.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet coremltools==9.0 numpy==2.3.5
env/bin/python - <<'PYTHON'
import logging

logging.disable(logging.CRITICAL)
from coremltools.models import datatypes
from coremltools.models.neural_network import NeuralNetworkBuilder
from coremltools.models.pipeline import Pipeline


def part(given, made, license_name):
    shape = datatypes.Array(3)
    builder = NeuralNetworkBuilder([(given, shape)], [(made, shape)], disable_rank5_shape_mapping=True)
    builder.add_activation("r", "RELU", given, made)
    builder.spec.description.metadata.license = license_name
    return builder.spec


pipeline = Pipeline([("x", datatypes.Array(3))], [("z", datatypes.Array(3))])
pipeline.add_model(part("x", "y", "CC-BY-NC-4.0"))
pipeline.add_model(part("y", "z", "MIT"))
top = pipeline.spec.description.metadata.license
within = [model.description.metadata.license for model in pipeline.spec.pipeline.models]
print(f"pipeline: {top!r}   models: {within}")
assert (top, within) == ("", ["CC-BY-NC-4.0", "MIT"])
PYTHON
echo "as described: coreml-pipeline-hides-licenses"
