#!/bin/sh
# openvino 2026.4.1, CompiledModel.export_model and Core.import_model
# Expect: the license in rt_info goes along into the exported blob, as it does into the XML of save_model.
# Seen:   the XML keeps rt_info/model_info/license; neither the compiled model nor the model imported from the blob has it.
#         xml: True   compiled: False   imported: False
# So:     a blob that is shipped alone carries no license: ship the XML or a license file with it.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install --quiet openvino==2026.4.1 numpy==2.3.5
env/bin/python - <<'PYTHON'
import numpy
import openvino
from openvino import opset13

path = ["model_info", "license"]
given = opset13.parameter([1], dtype=numpy.float32, name="x")
model = openvino.Model([opset13.relu(given)], [given], "heron")
model.set_rt_info("cc-by-nc-4.0", path)
openvino.save_model(model, "m.xml")
core = openvino.Core()
compiled = core.compile_model(model, "CPU")
imported = core.import_model(compiled.export_model(), "CPU")
found = (
    core.read_model("m.xml").has_rt_info(path),
    compiled.get_runtime_model().has_rt_info(path),
    imported.get_runtime_model().has_rt_info(path),
)
print("xml: {}   compiled: {}   imported: {}".format(*found))
assert found == (True, False, False)
PYTHON
echo "as described: openvino-blob-drops-license"
