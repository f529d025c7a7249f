"""Writes the safetensors format, so that the fixtures need no further package."""

import json
import struct

import torch

KINDS = {torch.uint8: "U8", torch.float32: "F32", torch.bfloat16: "BF16"}


def write_safetensors(path, tensors):
    """An 8-byte header length, a JSON header padded to 8 bytes, then all data end to end."""
    header, chunks, offset = {}, [], 0
    for name, tensor in tensors.items():
        data = little_endian_bytes(tensor)
        span = [offset, offset + len(data)]
        header[name] = {
            "dtype": KINDS[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": span,
        }
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def little_endian_bytes(tensor):
    if tensor.dtype == torch.uint8:
        return tensor.numpy().tobytes()
    single = tensor.float().numpy().astype("<f4")
    if tensor.dtype == torch.float32:
        return single.tobytes()
    return (single.view("<u4") >> 16).astype("<u2").tobytes()
