"""Computes one case: inputs and initial values by seed, then what PyTorch makes of them."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from naming import named_tensors
from shakenet import Family, ShakeNet, Stages, parse_layout, plan_net, plan_stages

RECIPE = {"learningRate": 0.1, "momentum": 0.9, "weightDecay": 1e-4}
MEAN = [118.5, 123.0, 113.90625]  # a channel, on the scale 0 to 255; exact in float32
STD = [63.0, 62.125, 66.75]


@dataclass(frozen=True)
class Case:
    """A net by its name, or by a family and stages where names mean wide nets."""

    name: str
    net: str
    layout: str
    family: Family = None
    stages: Stages = None
    channels: int = 1
    height: int = 8
    width: int = 8
    features: int = None
    classes: int = 5
    batch: int = 16
    steps: int = 3
    margin: float = 1e-5  # how far every ReLU input stays from 0

    @property
    def plan(self):
        sizes = self.channels, self.features, self.classes
        if self.stages:
            return plan_stages(self.family, self.stages, parse_layout(self.layout), *sizes)
        return plan_net(self.net, self.layout, *sizes)


def compute(case, seed, merged=False, dtype=torch.float64):
    """All tensors of a case by name, and the training ReLU input closest to 0 but not 0."""
    random = np.random.RandomState(seed)
    inputs = [draw_inputs(case, random) for _ in range(case.steps)]
    model = ShakeNet(case.plan, merged).to(dtype)
    set_initial(model, random)

    tensors = {f"input.{k}.{name}": t for k, step in enumerate(inputs) for name, t in step.items()}
    tensors["initial"] = flat(model).bfloat16()
    tensors.update(evaluate(case, model, inputs[0]))
    closest = watch_relus(model)
    tensors.update(train(case, model, inputs))
    return tensors, min(closest)


# ── What a case is given ────────────────────────────────────────────────────────────────


def draw_inputs(case, random):
    """Smooth random images as bytes, labels, and mixing coefficients."""
    noise = random.normal(size=(case.batch, case.channels, case.height, case.width))
    smooth = noise + np.roll(noise, 1, 2) + np.roll(noise, 1, 3)
    return {
        "images": torch.tensor(np.clip(118 + 40 * smooth, 0, 255).astype(np.uint8)),
        "labels": torch.tensor(random.randint(case.classes, size=case.batch).astype(np.uint8)),
        "alpha": draw_coefficients(case, random),
        "beta": draw_coefficients(case, random),
    }


def draw_coefficients(case, random):
    """[blocks, branches, samples], uniform on the simplex; a lone branch gets U[0, 1]."""
    blocks, branches = len(case.plan.blocks), case.plan.blocks[0].branches
    if branches == 1:
        drawn = random.uniform(size=(blocks, 1, case.batch))
    else:
        drawn = random.dirichlet(np.ones(branches), (blocks, case.batch)).transpose(0, 2, 1)
    return torch.tensor(drawn.astype(np.float32))


def set_initial(model, random):
    """Values exact in bfloat16, half the bytes; gamma and running variance around 1.

    Drawn for a named tensor as a whole: separate and merged branches get the same.
    """
    for named in named_tensors(model):
        shape = named.value().shape
        if len(shape) > 1:
            values = random.normal(size=shape) * np.sqrt(1.5 / np.prod(shape[1:]))
        elif named.name.endswith(("weight", "runningVariance")):
            values = random.uniform(0.5, 1.5, shape)
        else:
            values = random.normal(size=shape) * 0.3
        named.assign(torch.tensor(values).bfloat16())


def normalise(case, images, dtype):
    mean, std = (torch.tensor(v[: case.channels], dtype=dtype).view(-1, 1, 1) for v in (MEAN, STD))
    return (images.to(dtype) - mean) / std


# ── What PyTorch makes of it ────────────────────────────────────────────────────────────


@torch.no_grad()
def evaluate(case, model, step):
    model.eval()
    features = model.embed(normalise(case, step["images"], model.head.weight.dtype))
    return {"evaluated.features": features, "evaluated.logits": model.head(features)}


def train(case, model, inputs):
    """The first step in detail, then the state after all of them."""
    model.train()
    optimiser = torch.optim.SGD(
        model.parameters(),
        lr=RECIPE["learningRate"],
        momentum=RECIPE["momentum"],
        weight_decay=RECIPE["weightDecay"],
        nesterov=True,
    )
    tensors = propagate(case, model, inputs[0])
    tensors["gradient"] = flat(model, lambda n: n.trained, lambda part: part.grad)
    tensors["statistics"] = flat(model, lambda n: not n.trained)
    optimiser.step()
    for step in inputs[1:]:
        optimiser.zero_grad()
        propagate(case, model, step)
        optimiser.step()
    if case.steps > 1:
        momentum = {part: state["momentum_buffer"] for part, state in optimiser.state.items()}
        tensors["after"] = flat(model)
        tensors["momentum"] = flat(model, lambda n: n.trained, momentum.get)
    return tensors


def propagate(case, model, step):
    dtype = model.head.weight.dtype
    coefficients = list(zip(step["alpha"].to(dtype), step["beta"].to(dtype)))
    features = model.embed(normalise(case, step["images"], dtype), coefficients)
    logits = model.head(features)
    loss = F.cross_entropy(logits, step["labels"].long())
    loss.backward()
    results = {"features": features, "logits": logits, "loss": loss.view(1)}
    return {f"trained.{name}": tensor.detach() for name, tensor in results.items()}


def flat(model, wanted=lambda named: True, pick=lambda part: part):
    """The wanted tensors end to end, in the order of their names in the description."""
    return torch.cat([n.value(pick).flatten() for n in named_tensors(model) if wanted(n)])


def watch_relus(model):
    """A list to which every ReLU's input adds its smallest distance from 0.

    An exact 0 is the output of another ReLU, the same in any precision, and not counted.
    """
    closest = []

    def watch(_, inputs):
        distances = inputs[0].detach().abs()
        closest.append(distances[distances > 0].min().item())

    for module in model.modules():
        if isinstance(module, nn.ReLU):
            module.register_forward_pre_hook(watch)
    return closest
