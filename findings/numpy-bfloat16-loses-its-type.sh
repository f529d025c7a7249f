#!/bin/sh
# numpy 2.4.6 saves ml_dtypes 0.6.0's bfloat16 as bytes without a meaning: '<V2' in the header, and what is
# loaded again is void. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 ml_dtypes==0.6.0
"$folder/venv/bin/python" - "$folder/a.npy" <<'PYTHON'
import sys
import ml_dtypes
import numpy

path = sys.argv[1]
numpy.save(path, numpy.array([1, -2, 0.5], dtype=ml_dtypes.bfloat16))
read = numpy.load(path)
print(f"numpy {numpy.__version__}: saved bfloat16, loaded {read.dtype}")
assert read.dtype == numpy.dtype("V2")
PYTHON
