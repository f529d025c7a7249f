"""Writes so many pictures of 32x32 pixels, grey and in colours, and their labels as numpy and pyarrow do, into a folder.

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
labels = np.arange(count) % 10


def png(image):
    file = io.BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return file.getvalue()


def write(kind, shape):
    block = np.random.default_rng(1).integers(0, 256, (different, *shape), dtype=np.uint8)
    block[:, 8:] = block[:, :1]
    images = np.tile(block, (count // different, *(1 for _ in shape)))
    np.savez(out / f"{kind}-stored.npz", images=images, labels=labels)
    np.savez_compressed(out / f"{kind}-packed.npz", images=images, labels=labels)
    tensors = pa.FixedShapeTensorArray.from_numpy_ndarray(images)
    pq.write_table(pa.table({"image": tensors, "label": labels}), out / f"{kind}-tensors.parquet", row_group_size=10_000)
    files = [png(image) for image in block]
    structs = pa.array(
        [{"bytes": files[i % different], "path": None} for i in range(count)],
        pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
    )
    pq.write_table(pa.table({"image": structs, "label": labels}), out / f"{kind}-pngs.parquet", row_group_size=1000)


write("grey", (32, 32))
write("colour", (32, 32, 3))
