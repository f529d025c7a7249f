"""Makes testkit/fixtures/images: forty readings of small pictures, with what Pillow and tifffile make of them.

    python testkit/makeImages.py        (Pillow, tifffile, numpy)

The truth of a reading is its pixels as floats, brought from the range's black and white to 0 … 255, over black
where there is alpha, and resized band by band by Pillow's ImageOps.fit in mode F with BICUBIC; rounded once.
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageOps

folder = Path(__file__).parent / "fixtures" / "images"
height, width = 24, 31
y, x = np.mgrid[0:height, 0:width]


def wave(k):
    """A picture from 0 to 1 with edges and slopes."""
    slopes = 0.5 + 0.5 * np.sin(0.31 * (k + 1) * x + 0.22 * y + k)
    return np.where((x - 9) ** 2 + (y - 11 - k) ** 2 < 25, 1.0, slopes)


def bands(*ks):
    return np.stack([wave(k) for k in ks], -1)


byte = lambda picture: np.rint(picture * 255).astype("u1")
word = lambda picture: np.rint(picture * 65535).astype("u2")


def png16(path, picture):
    """Pillow cannot write colours of 16 bits."""
    channels = picture.shape[2]
    kind = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in picture)
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    header = struct.pack(">IIBBBBB", picture.shape[1], picture.shape[0], 16, kind, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def bare_tif(path, rows, bits, bands):
    """High byte first, unpacked, and without the tag that says what bands beyond the colours are."""
    tags = [(256, width), (257, height), (258, bits), (259, 1), (262, 1), (273, 0), (277, bands), (278, height), (279, len(rows))]
    lengths = struct.pack(f">{bands}H", *[bits] * bands)
    start = 8 + 2 + 12 * len(tags) + 4
    value = {258: (3, bands, bits << 16 if bands == 1 else start), 273: (4, 1, start + len(lengths))}
    entries = b"".join(struct.pack(">HHII", tag, *value.get(tag, (4, 1, own))) for tag, own in tags)
    path.write_bytes(b"MM\0*" + struct.pack(">IH", 8, len(tags)) + entries + bytes(4) + lengths + rows)


def packed(picture, bits):
    """Rows of bits, filled up to whole bytes."""
    shifts = np.arange(bits)[::-1]
    return np.packbits((picture[..., None] >> shifts & 1).reshape(len(picture), -1), axis=1).tobytes()


cases = []


def read(path):
    """The picture that the trusted tool reads, [height][width][bands]."""
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as file:
            page = file.pages[0]
            picture = page.asarray()
            if page.planarconfig == 2 and picture.ndim == 3:
                picture = np.moveaxis(picture, 0, -1)
            if page.photometric == 0:
                picture = np.iinfo(picture.dtype).max - picture
            if picture.dtype == bool:
                picture = picture * np.uint8(255)
    else:
        image = Image.open(path)
        picture = np.asarray(ImageOps.exif_transpose(image).convert("RGBA" if "transparency" in image.info else
                             "RGB" if image.mode in ("P", "CMYK") else "L" if image.mode == "1" else image.mode))
    return picture[..., None] if picture.ndim == 2 else picture


def case(name, size="auto", channels="auto", span="full", picture=None, alpha=None, tolerance=1):
    picture = read(folder / name) if picture is None else picture
    kind = picture.dtype
    whole = (np.iinfo(kind).min, np.iinfo(kind).max) if kind.kind in "iu" else (0, 1)
    alpha = picture.shape[2] in (2, 4) and not name.endswith(".tif") if alpha is None else alpha
    colours = picture[..., :-1] if alpha else picture
    if span == "auto":
        span = (int(colours.min()), int(colours.max()))
    low, high = whole if span == "full" or kind == np.uint8 else span
    scaled = (np.clip(colours.astype("f8"), low, high) - low) * 255 / (high - low)
    share = (picture[..., -1:].astype("f8") - whole[0]) / (whole[1] - whole[0]) if alpha else None
    if alpha:
        scaled = scaled * share
    keep = alpha and channels == "colour-alpha"
    if keep:
        scaled = np.concatenate([scaled, share * 255], -1)
    if size != "auto":
        shape = [int(n) for n in size.split("x")]
        goal = (shape[-1], shape[0])
        fit = lambda band: np.asarray(ImageOps.fit(Image.fromarray(band.astype("f4")), goal, Image.Resampling.BICUBIC))
        scaled = np.stack([fit(scaled[..., band]) for band in range(scaled.shape[2])], -1).astype("f8")
    if keep:
        own = scaled[..., -1:]
        scaled[..., :-1] = np.where(own > 0, scaled[..., :-1] * 255 / np.where(own > 0, own, 1), 0)
    result = np.clip(np.floor(scaled + 0.5), 0, 255).astype("u1")
    if channels == "colour-alpha" and not keep:
        result = np.concatenate([np.repeat(result, 3, -1)[..., :3] if result.shape[2] == 1 else result,
                                 np.full(result.shape[:2] + (1,), 255, "u1")], -1)
    places = np.linspace(0, result.size - 1, 40).astype(int)
    cases.append({
        "file": name, "imageSize": size, "imageChannels": channels,
        "imageRange": span if isinstance(span, str) else f"{span[0]}:{span[1]}",
        "shape": list(result.shape), "tolerance": tolerance, "mean": round(float(result.mean()), 3),
        "places": places.tolist(), "values": result.reshape(-1)[places].tolist(),
    })


folder.mkdir(parents=True, exist_ok=True)
for old in folder.glob("*"):
    old.unlink()
pil = lambda name, picture, **options: Image.fromarray(picture).save(folder / name, **options)
tif = lambda name, picture, **options: tifffile.imwrite(folder / name, picture, metadata=None, software=None, **options)

pil("grey.png", byte(wave(0)))
pil("rgb.png", byte(bands(0, 1, 2)))
pil("rgba.png", byte(bands(0, 1, 2, 3)))
pil("grey-alpha.png", byte(bands(0, 1)))
Image.fromarray(byte(bands(0, 1, 2))).quantize(16).save(folder / "palette.png")
Image.fromarray(byte(wave(0)) > 127).save(folder / "bits.png")
png16(folder / "grey16.png", word(bands(0)))
png16(folder / "rgb16.png", word(bands(0, 1, 2)))
png16(folder / "rgba16.png", word(bands(0, 1, 2, 3)))
png16(folder / "twelve.png", np.rint(bands(0) * 4095).astype("u2"))
pil("grey.jpg", byte(wave(0)), quality=95)
pil("rgb.jpg", byte(bands(0, 1, 2)), quality=95, subsampling=0)
pil("turned.jpg", byte(bands(0, 1, 2)), quality=95, subsampling=0, exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0")
pil("rgb.webp", byte(bands(0, 1, 2)), lossless=True)
pil("rgba.webp", byte(bands(0, 1, 2, 3)), lossless=True, exact=True)
Image.fromarray(byte(wave(0))).save(folder / "grey.gif")
tif("grey8.tif", byte(wave(0)))
tif("white0.tif", byte(wave(0)), photometric="miniswhite")
tif("grey16.tif", word(wave(0)), byteorder=">")
tif("rgb16.tif", word(bands(0, 1, 2)), photometric="rgb")
tif("nir8.tif", byte(bands(0, 1, 2, 3)), photometric="rgb", extrasamples=["unspecified"])
tif("rgba8.tif", byte(bands(0, 1, 2, 3)), photometric="rgb", extrasamples=["unassalpha"])
tif("five.tif", byte(bands(0, 1, 2, 3, 4)), photometric="minisblack", planarconfig="contig")
tif("planes16.tif", np.moveaxis(word(bands(0, 1, 2, 3, 4)), -1, 0), photometric="minisblack", planarconfig="separate")
tif("float.tif", wave(0).astype("f4"))
tif("half.tif", wave(0).astype("f2"))
tif("double.tif", (wave(0) * 300 - 100))
tif("signed.tif", np.rint(wave(0) * 60000 - 30000).astype("i2"))
tif("long.tif", np.rint(wave(0) * 4e9).astype("u4"), compression=None)
tif("deflate16.tif", word(wave(0)), compression="zlib", predictor=True)
tif("big16.tif", word(wave(0)), byteorder=">", compression="zlib", predictor=True)
tif("big-tiles.tif", word(bands(0, 1, 2)), byteorder=">", compression="lzw", predictor=True, photometric="rgb", tile=(16, 16))
tif("big-float.tif", wave(0).astype("f4"), byteorder=">", compression="zlib", predictor=3)
tif("white-alpha.tif", word(bands(0, 1)), photometric="miniswhite", planarconfig="contig", extrasamples=["unassalpha"])
bare_tif(folder / "twelve.tif", packed(np.rint(wave(0) * 4095).astype("u2"), 12), 12, 1)
bare_tif(folder / "three.tif", byte(bands(0, 1, 2)).tobytes(), 8, 3)
tif("pages.tif", byte(np.stack([wave(0), wave(1)])), photometric="minisblack")

for name in ("grey.png", "rgb.png", "palette.png", "bits.png", "grey16.png", "rgb16.png", "rgb.webp", "grey8.tif",
             "white0.tif", "grey16.tif", "rgb16.tif", "nir8.tif", "five.tif", "planes16.tif", "float.tif", "half.tif",
             "signed.tif", "long.tif", "deflate16.tif", "big16.tif", "big-tiles.tif", "big-float.tif", "three.tif"):
    case(name)
white, alpha = np.moveaxis(tifffile.imread(folder / "white-alpha.tif"), -1, 0)
case("white-alpha.tif", alpha=True, picture=np.stack([65535 - white, alpha], -1))
case("twelve.tif", picture=read(folder / "twelve.tif") / np.float64(4095))
case("rgba8.tif", alpha=True)
case("grey.jpg", tolerance=2)
case("rgb.jpg", tolerance=4)
case("turned.jpg", tolerance=4)
case("grey.gif")
case("rgba.png")
case("rgba.png", channels="colour-alpha")
case("rgba16.png")
case("twelve.png", span=(0, 4095))
case("twelve.png", span="auto")
case("double.tif", span=(-100, 200))
case("double.tif", span=(0, 150))
case("pages.tif")
for name in ("grey.png", "rgb.png", "rgb16.png", "five.tif"):
    case(name, size="8x8")
case("grey.png", size="40x64")
case("rgba.png", size="12x20", channels="colour-alpha", tolerance=2)
case("rgba.webp", size="12x20", tolerance=1)
case("rgb.jpg", size="10", tolerance=3)
case("float.tif", size="48x48")
lines = ",\n".join("  " + json.dumps(one) for one in cases)
(folder / "values.json").write_text(f"[\n{lines}\n]\n")
print(len(cases), "readings")
