"""Step 3: the trained weights as the one file that the program carries.

    python export.py CHECKPOINT OUT.weights [--name NAME]

Matrices that meet activations become 7-bit integers a row, the table of word pieces 8-bit integers a row; what is small stays in 32-bit
floats. The file holds the vocabulary and the label sets too. Its format is described in `crates/neural/src/weights.rs`.
"""

import argparse
import struct
from collections import namedtuple

import numpy as np
import torch
from blake3 import blake3

import start
from labels import NAMES, RELATIONS, UPOS, XPOS
from model import WEIGHT_LEVELS, Linear, Reader

FLOATS, ROWS, TEXT = 0, 1, 2
Rows = namedtuple("Rows", "scales integers")


def rows(matrix, levels):
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-8).astype(np.float32) / np.float32(levels)
    return scale.astype("<f4").tobytes() + np.rint(matrix / scale[:, None]).astype(np.int8).tobytes()


def entries(model, name):
    integers = {f"{n}.weight" for n, m in model.named_modules() if isinstance(m, Linear)}
    for key, tensor in sorted(model.state_dict().items()):
        value = tensor.numpy().astype(np.float32)
        if key in integers:
            yield key, ROWS, value.shape, rows(value, WEIGHT_LEVELS)
        elif key == "encoder.words":
            yield key, ROWS, value.shape, rows(value, 127)
        else:
            yield key, FLOATS, value.shape, value.astype("<f4").tobytes()
    yield "name", TEXT, (), name.encode()
    yield "vocabulary", TEXT, (), "\n".join(start.vocabulary()).encode()
    for key, labels in (("upos", UPOS), ("xpos", XPOS), ("relations", RELATIONS), ("names", NAMES)):
        yield f"labels.{key}", TEXT, (), "\n".join(labels).encode()
    yield "labels.order", TEXT, (), "\n".join(f"{k} {n}" for k, n in Reader.LABELS.items()).encode()


def packed(found):
    found = list(found)
    head = 16 + sum(2 + len(n.encode()) + 2 + 4 * len(shape) + 16 for n, _, shape, _ in found)
    table, body, at = b"", b"", head
    for name, kind, shape, data in found:
        gap = -at % 64
        body += b"\0" * gap
        at += gap
        written = name.encode()
        table += struct.pack("<H", len(written)) + written + struct.pack("<BB", kind, len(shape))
        table += struct.pack(f"<{len(shape)}I", *shape) + struct.pack("<QQ", at, len(data))
        body += data
        at += len(data)
    file = b"DRGWEIGH" + struct.pack("<II", 1, len(found)) + table + body
    return file + blake3(file).digest()


def read(path):
    """The matrices of a weight file by name: arrays of floats, and `Rows`."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:8] != b"DRGWEIGH" or blake3(data[:-32]).digest() != data[-32:]:
        raise SystemExit(f"{path} is no whole weight file")
    found, at = {}, 16
    for _ in range(struct.unpack_from("<I", data, 12)[0]):
        size = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + size].decode()
        kind, sides = struct.unpack_from("<BB", data, at + 2 + size)
        at += 4 + size
        shape = struct.unpack_from(f"<{sides}I", data, at)
        begin, length = struct.unpack_from("<QQ", data, at + 4 * sides)
        at += 4 * sides + 16
        body = data[begin : begin + length]
        if kind == FLOATS:
            found[name] = np.frombuffer(body, "<f4").reshape(shape)
        elif kind == ROWS:
            scales, integers = body[: 4 * shape[0]], body[4 * shape[0] :]
            found[name] = Rows(np.frombuffer(scales, "<f4"), np.frombuffer(integers, np.int8).reshape(shape))
    return found


def unpacked(path):
    """The parameters of a weight file, rounded as it holds them: a state for `Reader.load_state_dict`."""
    found = read(path).items()
    return {name: torch.tensor(v.integers * v.scales[:, None] if isinstance(v, Rows) else v) for name, v in found}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("checkpoint")
    args.add_argument("out")
    args.add_argument("--name", default="news-3")
    opt = args.parse_args()
    saved = torch.load(opt.checkpoint, map_location="cpu", weights_only=True)
    model = Reader(saved["weights"]["encoder.words"].shape[0], saved["layers"])
    model.load_state_dict(saved["weights"])
    file = packed(entries(model, opt.name))
    with open(opt.out, "wb") as out:
        out.write(file)
    print(f"{opt.out}: {len(file)} bytes, digest {file[-32:].hex()}")


if __name__ == "__main__":
    main()
