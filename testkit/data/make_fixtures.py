"""Writes small data files by the tools that people write them with, into testkit/fixtures/data.

    python3 -m venv venv
    venv/bin/pip install numpy==2.4.6 pyarrow==26.0.1 scipy==1.17.1 pillow==13.0.0 webdataset==1.0.2
    venv/bin/python testkit/data/make_fixtures.py

All pictures are twelve of 5 rows and 7 columns, pixel(k, row, column) = 17 k + 7 row + 3 column;
colour adds 50 a channel; all modulo 256. Labels are L; 0 … 3 are bird, cat, dog, frog.
"""

import gzip
import io
import json
import pickle
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.io
import webdataset
from PIL import Image

out = Path(__file__).parent.parent / "fixtures" / "data"
L = np.array([3, 1, 2, 0, 2, 1, 3, 3, 0, 1, 2, 0])
names = ["bird", "cat", "dog", "frog"]
texts = np.array([names[label] for label in L])


def pictures(count, height, width, channels=1, first=0):
    k, row, column, channel = np.ogrid[first : first + count, :height, :width, :channels]
    values = (17 * k + 7 * row + 3 * column + 50 * channel) % 256
    return values.astype(np.uint8)[..., 0] if channels == 1 else values.astype(np.uint8)


G = pictures(12, 5, 7)
C = pictures(12, 5, 7, 3)


def png(array):
    file = io.BytesIO()
    Image.fromarray(array).save(file, "PNG")
    return file.getvalue()


def write(name, content):
    (out / name).write_bytes(content)


def npz_files():
    np.savez(out / "held.npz", images=G, labels=L)
    np.savez(out / "keras.npz", x_train=G[:8], y_train=L[:8], x_test=G[8:], y_test=L[8:])
    np.savez_compressed(
        out / "medmnist.npz",
        test_labels=L[10:, None].astype("u1"),
        test_images=C[10:],
        train_images=C[:8],
        val_labels=L[8:10, None].astype("u1"),
        train_labels=L[:8, None].astype("u1"),
        val_images=C[8:10],
    )
    np.savez(out / "fortran.npz", images=np.asfortranarray(G), labels=L > 1)
    np.savez(out / "fortran-rows.npz", images=np.asfortranarray(G.reshape(12, 35)), labels=L)
    np.savez(out / "big-endian.npz", images=(C / 255).astype(">f4"), labels=texts.astype(">U4"))
    np.savez(out / "channels-first.npz", images=(C.transpose(0, 3, 1, 2) / 255).astype("<f2"), labels=np.eye(4, dtype="f4")[L])
    np.savez(out / "uint16.npz", data=G.astype("<u2") * 257, target=texts.astype("S4"))
    np.savez(out / "dark.npz", X=G.astype("<u2"), y=L)
    np.savez(out / "objects.npz", images=G, labels=texts.astype(object))
    several = np.eye(4, dtype="u1")[L]
    several[0, 1] = 1
    np.savez(out / "several-labels.npz", images=G, labels=several)
    record = np.zeros(12, dtype=[("image", "u1", (5, 7)), ("label", "<i4")])
    record["image"], record["label"] = G, L
    np.save(out / "records.npy", record)
    with open(out / "version3.npy", "wb") as file:
        np.lib.format.write_array(file, record, version=(3, 0))
    with open(out / "version2.npy", "wb") as file:
        np.lib.format.write_array(file, record, version=(2, 0))
    np.save(out / "bare.npy", G)
    np.save(out / "bytes-without-meaning.npy", np.zeros(3, dtype="V2"))
    streamed_npz()


def streamed_npz():
    """As a pipe leaves it: sizes behind the data, and in zip64 form."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.bytes = b""

        def writable(self):
            return True

        def write(self, piece):
            self.bytes += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in {"images": G, "labels": L}.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array)
    write("streamed.npz", pipe.bytes)


def parquet_files():
    files = [png(picture) for picture in G]
    image = pa.array(
        [{"bytes": file, "path": f"{k}.png"} for k, file in enumerate(files)],
        pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
    )
    table = pa.table({"image": image, "label": pa.array(L)})
    for codec in ["snappy", "gzip", "brotli", "lz4", "zstd", "none"]:
        pq.write_table(table, out / f"struct-{codec}.parquet", compression=codec, row_group_size=7)
    pq.write_table(table, out / "version2.parquet", data_page_version="2.0", use_dictionary=False)
    column = pa.chunked_array([[None if k in (3, 7) else int(label) for k, label in enumerate(L)]])
    pq.write_table(table.set_column(1, "label", column), out / "nulls.parquet")
    tensor = pa.FixedShapeTensorArray.from_numpy_ndarray(G)
    pq.write_table(pa.table({"image": tensor, "label": L.astype("u1")}), out / "tensor.parquet")
    kind = pa.fixed_shape_tensor(pa.uint8(), [7, 5], permutation=[1, 0])
    flat = pa.FixedSizeListArray.from_arrays(G.transpose(0, 2, 1).ravel(), 35)
    permuted = pa.ExtensionArray.from_storage(kind, flat)
    pq.write_table(pa.table({"image": permuted, "label": L}), out / "permuted.parquet")
    lists = pa.array([picture.ravel().tolist() for picture in G], pa.list_(pa.uint8()))
    text = pa.array(texts).dictionary_encode()
    # Small pages, so that rows are torn apart by their borders.
    pq.write_table(pa.table({"pixels": lists, "label": text}), out / "lists.parquet", data_page_size=64, write_batch_size=20)
    deep = lambda array, depth: pa.array(array, pa.uint8()) if depth == 0 else pa.array(array, pa.list_(deep([], depth - 1).type))
    nested = {"nested-grey": pictures(4, 2, 8).tolist(), "nested": pictures(4, 6, 6, 4).tolist()}
    nested["nested-ragged"] = [[[0, 1], [2, 3]], [[0, 1, 2], [3]], [[0, 1], [2, 3]]]
    for name, rows in nested.items():
        table = pa.table({"pixels": deep(rows, 3 if name == "nested" else 2), "label": L[: len(rows)]})
        pq.write_table(table, out / f"{name}.parquet", data_page_size=32, write_batch_size=8, use_dictionary=False)
    float_lists = pa.array([(picture.ravel() / 255).tolist() for picture in pictures(4, 6, 6)], pa.list_(pa.float32()))
    pq.write_table(pa.table({"data": float_lists, "target": L[:4].astype("i2")}), out / "floats.parquet", use_dictionary=False)
    features = {"image": {"_type": "Image"}, "label": {"names": names, "_type": "ClassLabel"}}
    metadata = {"huggingface": json.dumps({"info": {"features": features}})}
    for shard, rows in enumerate([slice(0, 7), slice(7, 12)]):
        part = table.slice(rows.start, rows.stop - rows.start).replace_schema_metadata(metadata)
        pq.write_table(part, out / f"train-{shard:05d}-of-00002.parquet")
    frame = pa.table({"image": files, "label": L, "__index_level_0__": [f"id{k}" for k in range(12)]})
    index = {"pandas": json.dumps({"index_columns": ["__index_level_0__"]})}
    pq.write_table(frame.replace_schema_metadata(index), out / "pandas.parquet")
    split = [["Training", "test", "train", "dev"][k % 4] for k in range(12)]
    pq.write_table(pa.table({"image": files, "label": L, "Split": split}), out / "split-files.parquet")
    pq.write_table(pa.table({"pixels": lists, "label": L, "split": split}), out / "split-lists.parquet")
    pixel_columns()


def pixel_columns():
    """A column a pixel, as OpenML's mnist_784: of bytes; of all kinds of numbers; with a gap."""
    digits = pa.array([str(label) for label in L])
    rows = {f"pixel{k + 1}": column for k, column in enumerate(G.reshape(12, 35).T)}
    table = pa.table({**rows, "class": digits.dictionary_encode()})
    pq.write_table(table, out / "pixel-columns.parquet", row_group_size=7, write_statistics=False)
    kinds = ["u1", "u2", "i4", "i8", "f4", "f8"]
    squares = enumerate(pictures(4, 6, 6).reshape(4, 36).T)
    mixed = {f"{k // 6}x{k % 6}": column.astype(kinds[k % 6]) for k, column in squares}
    pq.write_table(pa.table({"class": digits[:4], **mixed}), out / "pixel-columns-mixed.parquet", use_dictionary=False, write_statistics=False)
    gap = {f"px_{k}": pa.array([k, None if k == 2 else 7], pa.uint8()) for k in range(4)}
    pq.write_table(pa.table({**gap, "label": L[:2]}), out / "pixel-columns-gap.parquet", write_statistics=False)


def tar_files():
    with webdataset.TarWriter(str(out / "plain.tar"), mtime=1700000000.25) as sink:
        for k in range(3):
            sink.write({"__key__": f"train/{k:06d}", "png": png(G[k]), "cls": int(L[k]), "json": {"name": texts[k].item()}})
    with webdataset.TarWriter(str(out / "dotted.tar"), mtime=0) as sink:
        for k in range(4):
            sink.write({"__key__": f"scan/x_0.{k}", "png": png(G[k]), "cls": int(L[k])})
    with webdataset.TarWriter(str(out / "arrays.tar"), mtime=0) as sink:
        for k in range(3):
            sink.write({"__key__": f"{k:06d}", "npy": G[k], "cls.txt": texts[k].encode(), "seg.png": png(G[k])})
    with webdataset.TarWriter(str(out / "json.tar"), mtime=0) as sink:
        for k in range(2):
            sink.write({"__key__": f"{k}", "jpg": b"no matter", "json": {"label": int(L[k]), "text": "x"}})


def mat_files():
    X = pictures(6, 8, 10, 3).transpose(1, 2, 3, 0)
    y = np.array([[10], [1], [9], [10], [2], [5]], dtype="u1")
    scipy.io.savemat(out / "svhn.mat", {"X": X, "y": y})
    scipy.io.savemat(out / "svhn-packed.mat", {"y": y, "X": X}, do_compression=True)
    cell = np.array(names, dtype=object)
    first = L[:6, None] + 1
    extra = {"names": cell, "struct": {"a": 1}, "z": np.array([1 + 2j])}
    scipy.io.savemat(out / "named.mat", {"images": G[:6].transpose(1, 2, 0), "labels": first.astype("f8"), **extra})
    scipy.io.savemat(out / "count-first.mat", {"images": G, "labels": L[None, :]})
    cells = np.array(names[:3], dtype=object)
    one = {"X_train": G[:6].transpose(1, 2, 0), "y_train": np.array([1, 2, 3] * 2), "class_names": cells}
    scipy.io.savemat(out / "split.mat", {**one, "X_test": G[6:10].transpose(1, 2, 0), "y_test": np.array([1, 2, 1, 2])})
    four = pictures(8, 8, 6, 3)
    scipy.io.savemat(out / "square.mat", {"X": four.transpose(1, 2, 3, 0), "y": L[:8]})
    scipy.io.savemat(out / "either.mat", {"X": pictures(8, 8, 6).transpose(1, 2, 0), "y": L[:8]})
    scipy.io.savemat(out / "version4.mat", {"y": y.astype("f8")}, format="4")


def pickles():
    for protocol in (2, 4):
        data = pictures(6, 32, 32, 3).transpose(0, 3, 1, 2).reshape(6, 3072)
        batch = {b"batch_label": b"testing batch", b"labels": L[:6].tolist(), b"data": data, b"filenames": [b"a.png"] * 6}
        # Small as it is: every picture but its first row of red is zero.
        data = data.copy()
        data[:, 32:] = 0
        batch[b"data"] = data
        write(f"data_batch_{protocol}.gz", gzip.compress(pickle.dumps(batch, protocol), mtime=0))
    meta = {b"num_cases_per_batch": 6, b"label_names": [name.encode() for name in names], b"num_vis": 3072}
    write("batches.meta", pickle.dumps(meta, 2))
    write("evil.pickle", pickle.dumps({b"data": print, b"labels": [1]}, 2))


def idx_files():
    def idx(kind, array):
        return struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape) + array.tobytes()

    write("train-images-idx3-ubyte.gz", gzip.compress(idx(8, G[:8]), mtime=0))
    write("train-labels-idx1-ubyte.gz", gzip.compress(idx(8, L[:8].astype("u1")), mtime=0))
    write("t10k-images.idx3-ubyte", idx(8, G[8:]))
    long = np.zeros((4, 8), dtype=">i4")
    long[:, 0], long[:, 1] = L[8:], range(4)
    write("t10k-labels.idx2-int", idx(12, long))


def own_sets():
    """Data sets of 24 pictures of 8x8 in three classes, large enough for an epoch."""
    count = 24
    grey, colours = pictures(count, 8, 8), pictures(count, 8, 8, 3)
    kinds = np.arange(count) % 3
    np.savez_compressed(out / "own.npz", scans=grey, kinds=kinds, others=kinds)
    scipy.io.savemat(out / "own.mat", {"X": colours.transpose(1, 2, 3, 0), "y": kinds[:, None]}, do_compression=True)
    archive = io.BytesIO()
    with webdataset.TarWriter(archive, mtime=0) as sink:
        for k in range(count):
            sink.write({"__key__": f"{k:06d}", "png": png(colours[k]), "cls": int(kinds[k])})
    write("own.tar.gz", gzip.compress(archive.getvalue(), mtime=0))
    rows = [{"bytes": png(colours[k]), "path": None} for k in range(count)]
    image = pa.array(rows, pa.struct([("bytes", pa.binary()), ("path", pa.string())]))
    for shard in range(3):
        part = slice(8 * shard, 8 * shard + 8)
        table = pa.table({"image": image[part], "label": kinds[part]})
        pq.write_table(table, out / f"own-{shard:05d}-of-00003.parquet", compression="zstd")


out.mkdir(parents=True, exist_ok=True)
for old in out.iterdir():
    old.unlink()
npz_files()
parquet_files()
tar_files()
mat_files()
pickles()
idx_files()
own_sets()
print(sum(file.stat().st_size for file in out.iterdir()), "bytes", file=sys.stderr)
