#!/bin/sh
# onnxconverter-common 1.16.0: convert_float_to_float16 with keep_io_types=True of a valid model, one of whose outputs
# is read by another node too, gives a model that onnx's own inference of types refuses: the output stays 32 bits wide,
# its reader gets it beside 16-bit weights. Where only an Identity leaves, all is well.
# Seen: `read on: invalid, through Identity: valid`. shakelab lets outputs leave so (src/exports/onnx/onnx.ts).
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnx==1.23.2 onnxconverter-common==1.16.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxconverter_common.float16 import convert_float_to_float16


def model(features, leaves):
    nodes = [helper.make_node("Relu", ["x"], [features], name="relu")]
    nodes += [helper.make_node("Identity", [features], ["features"], name="leaves")] if leaves else []
    nodes += [helper.make_node("MatMul", [features, "weight"], ["logits"], name="matmul")]
    value = lambda name, width: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", width])
    weight = numpy_helper.from_array(np.ones((2, 3), np.float32), "weight")
    outputs = [value("features", 2), value("logits", 3)]
    graph = helper.make_graph(nodes, "net", [value("x", 2)], outputs, [weight])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def verdict(made):
    onnx.checker.check_model(made, full_check=True)
    try:
        onnx.checker.check_model(convert_float_to_float16(made, keep_io_types=True), full_check=True)
    except onnx.shape_inference.InferenceError:
        return "invalid"
    return "valid"


seen = f"read on: {verdict(model('features', False))}, through Identity: {verdict(model('inside', True))}"
print("onnxconverter-common 1.16.0,", seen)
assert seen == "read on: invalid, through Identity: valid"
PYTHON
