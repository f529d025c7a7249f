#!/bin/sh
# safetensors 0.8.0 saves numpy arrays that are not contiguous with wrong values, without a word: of a transposed or
# strided one the bytes are taken as they lie in memory. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet safetensors==0.8.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np
from safetensors.numpy import load, save

array = np.arange(6, dtype=np.float32).reshape(2, 3)
cases = {"transposed": array.T, "strided": np.arange(8, dtype=np.float32)[::2]}
for name, value in cases.items():
    back = load(save({"a": value}))["a"]
    print(f"safetensors 0.8.0, {name}: {value.tolist()} comes back as {back.tolist()}")
    assert back.shape == value.shape and not np.array_equal(back, value)
assert np.array_equal(load(save({"a": np.ascontiguousarray(array.T)}))["a"], array.T)
PYTHON
