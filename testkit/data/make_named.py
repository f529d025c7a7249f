"""Writes each data set that has a name, small, in the files that its authors publish, into testkit/fixtures/named.

    venv/bin/python testkit/data/make_named.py

Of numpy 2.4.6, scipy 1.17.1 and Python's gzip, zipfile, tarfile and pickle; see make_fixtures.py. Of every class
there are two pictures to train on and one to test on. A picture of the class c is 4 c all over (of colours c,
2 c, 4 c), but white in its first row, and grey in the rest of its first column: so it tells its class, and
which way is up.
"""

import gzip
import io
import pickle
import struct
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import scipy.io

out = Path(__file__).parent.parent / "fixtures" / "named"


def pictures(classes, side, channels):
    """[n, channels, side, side]"""
    shades = [4] if channels == 1 else [1, 2, 4]
    images = np.array([[[[c * shade % 256]] for shade in shades] for c in classes], dtype=np.uint8)
    images = np.tile(images, (1, 1, side, side))
    images[:, :, :, 0], images[:, :, 0, :] = 128, 255
    return images


def split(classes, side, channels):
    train = np.tile(np.arange(classes), 2)
    test = np.arange(classes)[::-1]
    return {"train": (pictures(train, side, channels), train), "test": (pictures(test, side, channels), test)}


def write(name, content):
    path = out / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def idx(array, kind=8):
    head = struct.pack(f">HBB{array.ndim}I", 0, kind, array.ndim, *array.shape)
    return gzip.compress(head + array.tobytes(), mtime=0)


def tar(members):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(file.getvalue(), mtime=0)


def like_mnist():
    for name in ["mnist", "fashion-mnist", "kmnist"]:
        for part, (images, labels) in split(10, 28, 1).items():
            part = {"train": "train", "test": "t10k"}[part]
            write(f"{name}/{part}-images-idx3-ubyte.gz", idx(images[:, 0]))
            write(f"{name}/{part}-labels-idx1-ubyte.gz", idx(labels.astype("u1")))


def qmnist():
    for part, (images, labels) in split(10, 28, 1).items():
        long = np.zeros((len(labels), 8), dtype=">i4")
        long[:, 0], long[:, 2] = labels, range(len(labels))
        write(f"qmnist/qmnist-{part}-images-idx3-ubyte.gz", idx(images[:, 0]))
        write(f"qmnist/qmnist-{part}-labels-idx2-int.gz", idx(long, 12))


def emnist():
    """Its pictures lie on their side, and its letters are counted from 1."""
    counts = {"byclass": 62, "bymerge": 47, "balanced": 47, "letters": 26, "digits": 10, "mnist": 10}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, classes in counts.items():
            for part, (images, labels) in split(classes, 28, 1).items():
                first = 1 if name == "letters" else 0
                lying = np.ascontiguousarray(images[:, 0].transpose(0, 2, 1))
                archive.writestr(zipfile.ZipInfo(f"gzip/emnist-{name}-{part}-images-idx3-ubyte.gz"), idx(lying))
                own = idx((labels + first).astype("u1"))
                archive.writestr(zipfile.ZipInfo(f"gzip/emnist-{name}-{part}-labels-idx1-ubyte.gz"), own)
    write("emnist/gzip.zip", file.getvalue())


def svhn():
    """The digit 0 is 10 there."""
    for part, (images, labels) in split(10, 32, 3).items():
        file = io.BytesIO()
        y = np.where(labels == 0, 10, labels).astype("u1")[:, None]
        scipy.io.savemat(file, {"X": images.transpose(2, 3, 1, 0), "y": y}, do_compression=True)
        write(f"svhn/{part}_32x32.mat", file.getvalue())


def stl10():
    """Column by column, labels from 1; its pictures without labels are not read."""
    members = {"stl10_binary/unlabeled_X.bin": bytes(3 * 96 * 96)}
    for part, (images, labels) in split(10, 96, 3).items():
        members[f"stl10_binary/{part}_X.bin"] = images.transpose(0, 1, 3, 2).tobytes()
        members[f"stl10_binary/{part}_y.bin"] = (labels + 1).astype("u1").tobytes()
    write("stl10/stl10_binary.tar.gz", tar(members))


def cifar100():
    """As Python pickled it; by its name it is read only whole, 60,000 pictures."""
    for part, (images, labels) in split(100, 32, 3).items():
        batch = {
            b"filenames": [b"a.png"] * len(labels),
            b"fine_labels": labels.tolist(),
            b"coarse_labels": (labels // 5).tolist(),
            b"data": images.reshape(len(labels), -1),
        }
        write(f"cifar-100-python/{part}.gz", gzip.compress(pickle.dumps(batch, 2), mtime=0))
    names = [f"class {c}".encode() for c in range(100)]
    meta = {b"fine_label_names": names, b"coarse_label_names": names[:20]}
    write("cifar-100-python/meta.gz", gzip.compress(pickle.dumps(meta, 2), mtime=0))


for make in [like_mnist, qmnist, emnist, svhn, stl10, cifar100]:
    make()
print(sum(file.stat().st_size for file in out.rglob("*.*")), "bytes")
