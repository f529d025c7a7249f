#!/bin/sh
# numpy 2.4.6 saves StringDType as pickled Python objects ('|O'): without allow_pickle the array cannot be
# loaded again. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6
"$folder/venv/bin/python" - "$folder/a.npz" <<'PYTHON'
import sys
import numpy

path = sys.argv[1]
numpy.savez(path, labels=numpy.array(["frog", "cat"], dtype=numpy.dtypes.StringDType()))
try:
    numpy.load(path)["labels"]
    refused = ""
except ValueError as error:
    refused = str(error)
print(f"numpy {numpy.__version__}: {refused}")
assert "allow_pickle=False" in refused
PYTHON
