#!/bin/sh
# webdataset 1.0.2 takes everything behind a name's first dot for the ending: four samples x_0.0 … x_0.3
# come back as one, without a word. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet webdataset==1.0.2 numpy==2.4.6
"$folder/venv/bin/python" - "$folder/a.tar" <<'PYTHON'
import sys
import webdataset

path = sys.argv[1]
with webdataset.TarWriter(path) as sink:
    for k in range(4):
        sink.write({"__key__": f"x_0.{k}", "cls": k})
samples = list(webdataset.WebDataset(path, shardshuffle=False))
fields = sorted(name for name in samples[0] if name.endswith("cls"))
print(f"webdataset {webdataset.__version__}: 4 samples written, {len(samples)} read, fields {fields}")
assert len(samples) == 1 and fields == ["0.cls", "1.cls", "2.cls", "3.cls"]
PYTHON
