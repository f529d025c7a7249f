#!/bin/sh
# numpy 2.4.6: load(…, mmap_mode="r") of a .npz maps nothing and says nothing: each array is read whole, stored or not.
# Of the same array as .npy it is a memmap. Seen: `npz ndarray, npy memmap`. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys

import numpy

folder = sys.argv[1]
images = numpy.zeros((4, 5, 7), dtype=numpy.uint8)
numpy.savez(f"{folder}/a.npz", images=images)
numpy.save(f"{folder}/a.npy", images)
npz = type(numpy.load(f"{folder}/a.npz", mmap_mode="r")["images"]).__name__
npy = type(numpy.load(f"{folder}/a.npy", mmap_mode="r")).__name__
print(f"numpy {numpy.__version__}: npz {npz}, npy {npy}")
assert (npz, npy) == ("ndarray", "memmap")
PYTHON
