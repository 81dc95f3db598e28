"""Step 2: the joint training.

    python train.py DOCUMENTS OUT.pt [--layers 6] [--pieces 5000000] [--seed 1] [--threads 2] ...

Everything starts together from MiniLM's weights, sources mixed (see batches.py). The last part of the training imitates the program's
integers, so that what is measured is what ships. Uses a GPU where there is one.
"""

import argparse
import pickle
import random
import time

import torch

import start
from batches import ready, seeded, stream
from evaluate import figures
from losses import losses, total
from model import Linear, Reader
from wordpiece import WordPiece

LIMIT, BUDGET = 224, 1400  # pieces of a window, of a batch
RATE_ENCODER, RATE_HEADS, WARM_UP = 2e-4, 1e-3, 0.04
KEEP = {6: (0, 1, 2, 3, 4, 5), 3: (0, 2, 5)}


def load(checkpoint):
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Reader(saved["weights"]["encoder.words"].shape[0], saved["layers"])
    model.load_state_dict(saved["weights"])
    return model, WordPiece(start.vocabulary())


def optimiser(model):
    slow = [p for n, p in model.named_parameters() if n.startswith("encoder.") and "shapes" not in n]
    fast = [p for n, p in model.named_parameters() if not n.startswith("encoder.") or "shapes" in n]
    return torch.optim.AdamW([{"params": slow, "rate": RATE_ENCODER}, {"params": fast, "rate": RATE_HEADS}], lr=RATE_ENCODER,
                             weight_decay=0.01, fused=True)


def rate(done, first, last):
    if done < WARM_UP:
        return first * done / WARM_UP
    return first + (last - first) * (done - WARM_UP) / (1 - WARM_UP)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("documents")
    args.add_argument("out")
    args.add_argument("--layers", type=int, default=6)
    args.add_argument("--pieces", type=float, default=5e6)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--threads", type=int, default=2)
    args.add_argument("--start", help="a checkpoint to go on from, in place of MiniLM")
    args.add_argument("--rates", type=float, nargs=2, default=(1.0, 0.0), help="of the full rate, at the start and at the end")
    args.add_argument("--imitate-from", type=float, default=0.75, help="from which part of the training on integers are imitated; 1: never")
    args.add_argument("--hours", type=float, default=0, help="stop the schedule after so many hours, whatever was read")
    opt = args.parse_args()
    torch.set_num_threads(opt.threads)
    torch.manual_seed(opt.seed)
    random.seed(opt.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    wordpiece = WordPiece(start.vocabulary())
    with open(opt.documents, "rb") as file:
        documents = ready(pickle.load(file), wordpiece)
    # News that silver.py did not label teaches nothing.
    train = [d for d in documents if d["part"] == "train" and (d["source"] != "news-silver" or "names" in d)]
    model = Reader(len(wordpiece.ids), opt.layers)
    model.encoder.load_minilm(start.tensors(), KEEP[opt.layers])
    if opt.start:
        model.load_state_dict(torch.load(opt.start, map_location="cpu", weights_only=True)["weights"])
    model.to(device).train()
    steps, seen, begun, log = optimiser(model), 0, time.time(), {}
    batches = stream(train, wordpiece, LIMIT, BUDGET, seeded(opt.seed))
    for number, batch in enumerate(batches):
        done = seen / opt.pieces
        if opt.hours:
            done = max(done, (time.time() - begun) / 3600 / opt.hours)
        if done >= 1:
            break
        Linear.quantise = done >= opt.imitate_from
        for group in steps.param_groups:
            group["lr"] = group["rate"] * rate(done, *opt.rates)
        batch = {k: v.to(device) for k, v in batch.items()}
        heads = batch["head"].clamp_min(0)
        with torch.autocast(device, dtype=torch.bfloat16):
            given = model(batch["ids"], batch["kinds"], batch["real"], batch["at"], heads)
        found = losses(given, batch)
        total(found).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        steps.step()
        steps.zero_grad(set_to_none=True)
        seen += int(batch["real"].sum())
        for name, (value, count) in found.items():
            a, b = log.get(name, (0, 0))
            log[name] = a + float(value.detach()), b + float(count)
        if number % 100 == 99:
            words = " ".join(f"{n} {a / max(b, 1):.3f}" for n, (a, b) in log.items())
            print(f"{number + 1} {done:.3f} {seen} pieces {seen / (time.time() - begun):.0f}/s {words}", flush=True)
            log = {}
        if number % 250 == 249:
            torch.save({"weights": model.state_dict(), "layers": opt.layers}, opt.out)
    torch.save({"weights": {k: v.cpu() for k, v in model.state_dict().items()}, "layers": opt.layers}, opt.out)
    model.cpu()
    Linear.quantise = True
    for name, value in figures(model, ready([d for d in documents if d["part"] == "dev"], wordpiece), wordpiece).items():
        print(f"{name:<24} {100 * value:6.2f}", flush=True)


if __name__ == "__main__":
    main()
