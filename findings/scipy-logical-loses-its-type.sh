#!/bin/sh
# scipy 1.17.1: loadmat gives MATLAB's logical values back as uint8, though the file says that they are logical, and
# savemat writes a list of three labels as a row [1, 3], where Octave and MATLAB users have columns.
# Seen: `mask uint8, labels (1, 3)`. shakelab reads labels as row or column. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" - "$folder/a.mat" <<'PYTHON'
import sys

import numpy
import scipy

path = sys.argv[1]
scipy.io.savemat(path, {"mask": numpy.array([True, False]), "labels": numpy.array([3, 1, 2])})
read = scipy.io.loadmat(path)
print(f"scipy {scipy.__version__}: mask {read['mask'].dtype}, labels {read['labels'].shape}")
assert read["mask"].dtype == numpy.uint8 and read["labels"].shape == (1, 3)
PYTHON
