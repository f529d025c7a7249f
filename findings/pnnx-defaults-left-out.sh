#!/bin/sh
# pnnx 20261020 tells an attribute that is left out from its default: of ONNX's Pad without `mode` (constant, by the
# standard) it writes a layer for ncnn without parameters, of a name that ncnn lacks, of Split without sizes (equal
# parts) one that does not say them, and ends with 0. With the same values spelled out both are converted.
# Seen: `left out: Pad | Slice, spelled out: Padding 0=1 … | Slice -23300=2,2,2 1=0`.
# shakelab spells both out (src/exports/onnx/ops.ts). Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet onnx==1.23.2 pnnx==20261020 numpy==2.4.6
PATH="$folder/venv/bin:$PATH" "$folder/venv/bin/python" - "$folder" <<'PYTHON'
import subprocess
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

folder = sys.argv[1]


def layers(spelled):
    mode = {"mode": "constant"} if spelled else {}
    sizes = ["sizes"] if spelled else []
    # The convolution tells pnnx which axis is the batch.
    nodes = [
        helper.make_node("Conv", ["x", "weight"], ["seen"], kernel_shape=[1, 1]),
        helper.make_node("Pad", ["seen", "pads"], ["padded"], **mode),
        helper.make_node("Split", ["padded", *sizes], ["a", "b"], axis=1),
    ]
    constants = {"weight": np.ones((4, 4, 1, 1), np.float32), "pads": np.array([0, 0, 1, 1, 0, 0, 0, 0])}
    if spelled:
        constants["sizes"] = np.array([2, 2])
    initializers = [numpy_helper.from_array(values, name) for name, values in constants.items()]
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    outputs = [value(name, [1, 2, 3, 3]) for name in "ab"]
    graph = helper.make_graph(nodes, "net", [value("x", [1, 4, 2, 2])], outputs, initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, f"{folder}/net.onnx")
    subprocess.run(["pnnx", "net.onnx", "fp16=0"], cwd=folder, check=True, capture_output=True)
    with open(f"{folder}/net.ncnn.param") as file:
        words = [line.split() for line in file]
    # a line: layer, name, number of inputs, of outputs, their names, parameters
    return [[line[0], *line[4 + int(line[2]) + int(line[3]) :]] for line in words[-2:]]


seen = {spelled: " | ".join(" ".join(layer) for layer in layers(spelled)) for spelled in (False, True)}
print(f"pnnx, left out: {seen[False]}, spelled out: {seen[True]}")
assert seen[False] == "Pad | Slice"
assert seen[True].startswith("Padding 0=1 ") and seen[True].endswith("| Slice -23300=2,2,2 1=0")
PYTHON
