"""Writes so many grey pictures of 32x32 pixels and their labels as numpy and pyarrow do, into a folder.

    python3 bench/makeArrays.py FOLDER 200000
"""

import io
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

out, count = Path(sys.argv[1]), int(sys.argv[2])
different = 1000
block = np.random.default_rng(1).integers(0, 256, (different, 32, 32), dtype=np.uint8)
block[:, 8:] = block[:, :1]
images = np.tile(block, (count // different, 1, 1))
labels = np.arange(count) % 10


def png(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


np.savez(out / "stored.npz", images=images, labels=labels)
np.savez_compressed(out / "packed.npz", images=images, labels=labels)
tensors = pa.FixedShapeTensorArray.from_numpy_ndarray(images)
pq.write_table(pa.table({"image": tensors, "label": labels}), out / "tensors.parquet", row_group_size=10_000)
files = [png(image) for image in block]
structs = pa.array(
    [{"bytes": files[i % different], "path": None} for i in range(count)],
    pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
)
pq.write_table(pa.table({"image": structs, "label": labels}), out / "pngs.parquet", row_group_size=1000)
