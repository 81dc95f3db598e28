"""The encoder as ONNX files, so that another engine can check and time the program's own.

    python reference.py                                 # a small random encoder, for the tests of `crates/neural`
    python reference.py --weights FILE --out FOLDER     # that of a weight file, for `cargo bench -p dragoman-neural`

The small one is written as a weight file and as one ONNX file, that of a weight file three times:

rounded.onnx    activations are rounded as the program rounds them (`crates/neural/src/linear.rs`): it must agree with the program
plain.onnx      activations and weights are floats: how fast an engine is without rounding
integers.onnx   products of bytes with the usual dynamic rounding of ONNX, one step for a whole matrix of activations

What goes in: `ids` and `kinds` of the pieces of one sequence. What comes out: `layer0`, the vectors after the embedding, then `layer1`
and so on, the vectors after each layer.
"""

import argparse
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from export import FLOATS, ROWS, packed, read, rows
from model import ACTIVATION_LEVELS, WEIGHT_LEVELS

HEAD, EPSILON, SMALLEST_STEP = 32, 1e-12, 1e-8
OPSET, IR = 20, 9
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "crates", "neural", "tests", "data")

# The small encoder. `INNER` is no multiple of the 64 outputs that the program computes at a time: the last block is a part of one.
SEED, VOCABULARY, POSITIONS, KINDS, WIDTH, INNER, LAYERS = 20, 50, 48, 7, 64, 160, 2


class Graph:
    """A graph that is written node by node; values are known by their names."""

    def __init__(self):
        self.nodes, self.constants = [], {}

    def constant(self, name, array):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(array, order="C"), name)
        return name

    def number(self, value):
        return self.constant(f"number {value}", np.float32(value))

    def sides(self, *values):
        return self.constant(f"sides {values}", np.array(values, np.int64))

    def __call__(self, op, *inputs, outputs=None, **attributes):
        names = outputs or [f"{op} {len(self.nodes)}"]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if len(names) == 1 else names

    def several(self, op, count, *inputs, **attributes):
        return self(op, *inputs, outputs=[f"{op} {len(self.nodes)} {n}" for n in range(count)], **attributes)


def rounded(graph, x, name, weight):
    """Each row of activations in 255 steps from its smallest to its largest value, as in training: floats again before the product."""
    low = graph("ReduceMin", x, graph.sides(-1), keepdims=1)
    high = graph("ReduceMax", x, graph.sides(-1), keepdims=1)
    step = graph("Div", graph("Sub", high, low), graph.number(ACTIVATION_LEVELS))
    step = graph("Max", step, graph.number(SMALLEST_STEP))
    steps = graph("Round", graph("Div", graph("Sub", x, low), step))
    integers = graph.constant(f"{name} integers", weight.integers.T)
    floats = graph("DequantizeLinear", integers, graph.constant(f"{name} scales", weight.scales), axis=1)
    return graph("MatMul", graph("Add", graph("Mul", steps, step), low), floats)


def plain(graph, x, name, weight):
    return graph("MatMul", x, graph.constant(name, weight.integers.T * weight.scales))


def integers(graph, x, name, weight):
    """As the tools around ONNX write it, so that an engine finds the nodes that it computes in one go."""
    values, step, zero = graph.several("DynamicQuantizeLinear", 3, x)
    weights = graph.constant(f"{name} integers", weight.integers.T)
    products = graph("MatMulInteger", values, weights, zero, graph.constant("zero", np.int8(0)))
    scale = graph("Mul", step, graph.constant(f"{name} scales", weight.scales))
    return graph("Mul", graph("Cast", products, to=TensorProto.FLOAT), scale)


class Writer:
    """Writes an encoder into a graph, its linear layers by `product`."""

    def __init__(self, weights, product):
        self.weights, self.product, self.graph = weights, product, Graph()

    def encoder(self):
        x, layer = self.embedding(), 0
        while f"encoder.layers.{layer}.qkv.weight" in self.weights:
            x = self.layer(x, f"encoder.layers.{layer}", f"layer{layer + 1}")
            layer += 1
        return self.model([f"layer{n}" for n in range(layer + 1)])

    def embedding(self):
        graph, words = self.graph, self.weights["encoder.words"]
        integers = graph("Gather", graph.constant("words", words.integers), "ids")
        scales = graph("Gather", graph.constant("scales of words", words.scales[:, None]), "ids")
        x = graph("Mul", graph("Cast", integers, to=TensorProto.FLOAT), scales)
        positions = graph.constant("positions", self.weights["encoder.positions"])
        x = graph("Add", x, graph("Slice", positions, graph.sides(0), graph("Shape", "ids"), graph.sides(0)))
        x = graph("Add", x, graph("Gather", graph.constant("kinds of pieces", self.weights["encoder.shapes"]), "kinds"))
        return self.norm(x, "encoder.norm", "layer0")

    def layer(self, x, name, out):
        graph = self.graph
        x = self.norm(graph("Add", x, self.linear(self.attention(x, name), f"{name}.out")), f"{name}.norm1")
        wide = self.linear(x, f"{name}.up")
        half = graph("Add", graph("Erf", graph("Div", wide, graph.number(2**0.5))), graph.number(1))
        gelu = graph("Mul", graph("Mul", wide, half), graph.number(0.5))
        return self.norm(graph("Add", x, self.linear(gelu, f"{name}.down")), f"{name}.norm2", out)

    def attention(self, x, name):
        graph, width = self.graph, len(self.weights[f"{name}.norm1.weight"])
        parts = graph.several("Split", 3, self.linear(x, f"{name}.qkv"), axis=-1, num_outputs=3)
        q, k, v = (graph("Reshape", part, graph.sides(0, width // HEAD, HEAD)) for part in parts)
        q, v = (graph("Transpose", part, perm=[1, 0, 2]) for part in (q, v))
        scores = graph("MatMul", q, graph("Transpose", k, perm=[1, 2, 0]))
        shares = graph("Softmax", graph("Mul", scores, graph.number(HEAD**-0.5)), axis=-1)
        return graph("Reshape", graph("Transpose", graph("MatMul", shares, v), perm=[1, 0, 2]), graph.sides(0, width))

    def linear(self, x, name):
        bias = self.graph.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.graph("Add", self.product(self.graph, x, name, self.weights[f"{name}.weight"]), bias)

    def norm(self, x, name, out=None):
        weight, bias = (self.graph.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.graph("LayerNormalization", x, weight, bias, outputs=out and [out], axis=-1, epsilon=EPSILON)

    def model(self, layers):
        width = self.weights["encoder.positions"].shape[1]
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT32, ["pieces"]) for name in ("ids", "kinds")]
        outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["pieces", width]) for name in layers]
        graph = helper.make_graph(self.graph.nodes, "encoder", inputs, outputs, list(self.graph.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        onnx.checker.check_model(model)
        return model.SerializeToString(deterministic=True)


def small_encoder():
    """The entries of an encoder of random weights, in sizes that make each part of it count."""
    random = np.random.default_rng(SEED)

    def floats(*shape, size, around=0.0):
        return (around + size * random.uniform(-1, 1, shape)).astype(np.float32)

    def of_floats(name, value):
        yield name, FLOATS, value.shape, value.tobytes()

    def of_rows(name, outputs, inputs, levels):
        value = floats(outputs, inputs, size=2.5 * inputs**-0.5)
        yield name, ROWS, value.shape, rows(value, levels)

    def norm(name):
        yield from of_floats(f"{name}.weight", floats(WIDTH, size=0.2, around=1.0))
        yield from of_floats(f"{name}.bias", floats(WIDTH, size=0.1))

    yield from of_rows("encoder.words", VOCABULARY, WIDTH, 127)
    yield from of_floats("encoder.positions", floats(POSITIONS, WIDTH, size=0.1))
    yield from of_floats("encoder.shapes", floats(KINDS, WIDTH, size=0.1))
    yield from norm("encoder.norm")
    for layer in (f"encoder.layers.{n}" for n in range(LAYERS)):
        for part, outputs, inputs in (("qkv", 3 * WIDTH, WIDTH), ("out", WIDTH, WIDTH), ("up", INNER, WIDTH), ("down", WIDTH, INNER)):
            yield from of_rows(f"{layer}.{part}.weight", outputs, inputs, WEIGHT_LEVELS)
            yield from of_floats(f"{layer}.{part}.bias", floats(outputs, size=0.1))
        yield from norm(f"{layer}.norm1")
        yield from norm(f"{layer}.norm2")


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    print(f"{path}: {len(data)} bytes")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--weights", help="a weight file; without it, the small encoder is made")
    args.add_argument("--out", default=DATA, help="folder of what is written")
    opt = args.parse_args()
    os.makedirs(opt.out, exist_ok=True)
    if opt.weights:
        weights = read(opt.weights)
        for name, product in (("rounded", rounded), ("plain", plain), ("integers", integers)):
            write(os.path.join(opt.out, f"{name}.onnx"), Writer(weights, product).encoder())
    else:
        small = os.path.join(opt.out, "encoder.weights")
        write(small, packed(small_encoder()))
        write(os.path.join(opt.out, "encoder.onnx"), Writer(read(small), rounded).encoder())


if __name__ == "__main__":
    main()
