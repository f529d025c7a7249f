"""What PyTorch makes of an exported net: FOLDER has model.py, model.safetensors and case.safetensors.

    python -m pip install torch==2.15.0 numpy safetensors==0.8.0
    python testkit/runExported.py FOLDER ...

writes FOLDER/pytorch.safetensors, computed on one thread:

    evaluated.logits          evaluate mode
    trained.logits            train mode, with the case's alpha and beta, in float64
    gradient.NAME             of the head's loss, by the parameter's name in the state dict, in float64
    tuned.logits              evaluate mode, after the steps below

A ReLU input next to 0 has another sign in float32 and float64 now and then, which moves PyTorch's own gradient by
more than a hundred times the bound of the test: one of 6,196,736 did, by 1.7e-4 of the largest.

and FOLDER/trained.safetensors: the state dict after three steps of SGD, saved as anybody saves one. The
case holds images, four bytes to a number, labels, and alpha.BLOCK, beta.BLOCK [samples][bands][branches], and the step.
`npm run fixtures` makes the fixtures of testkit/fixtures/exported/ by it.
"""

import copy
import importlib.util
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file


def load_module(folder):
    spec = importlib.util.spec_from_file_location("model", folder / "model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(folder):
    torch.set_num_threads(1)
    case = load_file(folder / "case.safetensors")
    images, labels = case["images"].view(torch.uint8).float(), case["labels"].long()
    module = load_module(folder)
    model = module.load()
    results = {"evaluated.logits": evaluate(model, images)}

    def coefficients(block, samples):
        return [case[f"{name}.{block}"].to(next(model.parameters()).dtype) for name in ("alpha", "beta")]

    model.double().train()
    set_step(model.fc, case["step"])
    before = copy.deepcopy(model.fc)
    features = model.features(images.double(), coefficients)
    model.fc.loss(features, labels).backward()
    results["trained.logits"] = (model.fc if is_metric(before) else before)(features).detach().float()
    results |= {f"gradient.{name}": p.grad.float() for name, p in model.named_parameters()}

    model = module.load().train()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    for _ in range(3):
        optimiser.zero_grad()
        model.loss(images, labels, coefficients).backward()
        optimiser.step()
    save_file(model.state_dict(), folder / "trained.safetensors")
    results["tuned.logits"] = evaluate(model, images)
    results = {name: value.clone().contiguous() for name, value in results.items()}
    save_file(results, folder / "pytorch.safetensors", {"torch": torch.__version__})


def set_step(head, step):
    if hasattr(head, "num_batches_tracked"):
        head.num_batches_tracked.fill_(step)


def is_metric(head):
    """Whether logits are distances to means that the loss moves first."""
    return hasattr(head, "class_means")


@torch.no_grad()
def evaluate(model, images):
    model.eval()
    return model(images)


for name in sys.argv[1:]:
    main(Path(name))
