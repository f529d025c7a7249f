#!/bin/sh
# Pillow 13.0.0: convert("L") of a grey image of 16 bits cuts every value above 255 to white instead of scaling, and of
# floats it takes 0 … 255 for the range. Seen of 0 255 256 4095 65535: `0 255 255 255 255`, of 0 0.5 1 300: `0 0 1 255`.
# shakelab goes by the type's full scale, or by the range that is asked for. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 pillow==13.0.0
"$folder/venv/bin/python" - "$folder/a.png" <<'PYTHON'
import sys

import numpy
import PIL
from PIL import Image

path = sys.argv[1]
Image.fromarray(numpy.array([[0, 255, 256, 4095, 65535]], dtype=numpy.uint16)).save(path)
deep = list(Image.open(path).convert("L").tobytes())
floats = list(Image.fromarray(numpy.array([[0, 0.5, 1, 300]], dtype=numpy.float32)).convert("L").tobytes())
print(f"Pillow {PIL.__version__}: 16 bits {deep}, floats {floats}")
assert deep == [0, 255, 255, 255, 255] and floats == [0, 0, 1, 255]
PYTHON
