#!/bin/sh
# onnx 1.23.2, onnx.utils.extract_model against onnx.version_converter.convert_version and onnx.shape_inference
# Expect: all three work on the same model and keep its metadata_props.
# Seen:   conversion and inference keep model_license; extract_model writes a model without any metadata_props.
#         convert: ['cc-by-nc-4.0']   infer: ['cc-by-nc-4.0']   extract: []
# So:     a part cut out of a model (an encoder, the layers without a head) has to be given its license again by hand.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet onnx==1.23.2
env/bin/python - <<'PYTHON'
import onnx
from onnx import TensorProto, helper

values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("a", "b")]
graph = helper.make_graph([helper.make_node("Relu", ["a"], ["b"])], "g", values[:1], values[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
helper.set_model_props(model, {"model_license": "cc-by-nc-4.0"})
onnx.save(model, "whole.onnx")
onnx.utils.extract_model("whole.onnx", "part.onnx", ["a"], ["b"])


def licenses(found):
    return [entry.value for entry in found.metadata_props if entry.key == "model_license"]


converted = licenses(onnx.version_converter.convert_version(model, 18))
inferred = licenses(onnx.shape_inference.infer_shapes(model))
extracted = licenses(onnx.load("part.onnx"))
print(f"convert: {converted}   infer: {inferred}   extract: {extracted}")
assert (converted, inferred, extracted) == (["cc-by-nc-4.0"], ["cc-by-nc-4.0"], [])
PYTHON
echo "as described: onnx-extract-drops-license"
