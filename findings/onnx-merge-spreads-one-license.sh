#!/bin/sh
# onnx 1.23.2, onnx.compose.merge_models
# Expect: the merged model has no license, or both.
# Seen:   where one part declares model_license and the other declares nothing, the merged model declares that one license
#         for the whole: [('model_license', 'mit')]. Where both declare one and they differ, the call raises ValueError.
# So:     a license in the metadata of a merged model covers the part that had it; before a merge write the license of each
#         part down elsewhere, and never read `mit` in a merged model as the license of all its weights.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet onnx==1.23.2
env/bin/python - <<'PYTHON'
import onnx
from onnx import TensorProto, helper


def model(name, given, made, **properties):
    values = [helper.make_tensor_value_info(value, TensorProto.FLOAT, [1]) for value in (given, made)]
    graph = helper.make_graph([helper.make_node("Relu", [given], [made])], name, values[:1], values[1:])
    made_model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(made_model, properties)
    return made_model


def merged(one, other):
    whole = onnx.compose.merge_models(one, other, io_map=[("b", "c")])
    return [(entry.key, entry.value) for entry in whole.metadata_props]


labelled = model("first", "a", "b", model_license="mit")
found = merged(labelled, model("second", "c", "d"))
print(found)
assert found == [("model_license", "mit")]
try:
    merged(labelled, model("second", "c", "d", model_license="cc-by-nc-4.0"))
except ValueError as error:
    print(f"ValueError: {error}")
else:
    raise AssertionError("two licenses were merged")
PYTHON
echo "as described: onnx-merge-spreads-one-license"
