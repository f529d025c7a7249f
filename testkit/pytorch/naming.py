"""The project's names for the tensors of a ShakeNet.

`stage1.block1.branches.2.weight` is the tensor of the token at position 2 of the layout,
for all branches together: one after the other along axis 0. A bn on the input the branches
share has N sets of gamma and beta but its statistics once.
"""

from dataclasses import dataclass

import torch
from torch import nn

from shakenet import MergedBranches, Projection, StridedProjection


@dataclass(frozen=True)
class Named:
    """A named tensor and the module tensors that hold it: its slices, or copies of it."""

    name: str
    parts: list
    copies: bool = False

    @property
    def trained(self):
        return "running" not in self.name

    def value(self, pick=lambda part: part):
        """The tensor, or what `pick` finds for it, such as its gradient."""
        parts = self.parts[:1] if self.copies else self.parts
        return torch.cat([pick(part).detach() for part in parts])

    @torch.no_grad()
    def assign(self, value):
        sizes = [len(part) for part in self.parts]
        slices = [value] * len(sizes) if self.copies else value.split(sizes)
        for part, values in zip(self.parts, slices):
            part.copy_(values)


def named_tensors(model):
    """Yield every parameter and running statistic, in the order of the forward pass."""
    yield Named("stem.conv.weight", [model.stem.weight])
    yield from name_finish("stem", model.stem_finish)
    for plan, block in zip(model.plan.blocks, model.blocks):
        yield from name_branches(f"{plan.name}.branches", block.branches, model.plan.layout)
        yield from name_skip(f"{plan.name}.skip", block.skip)
    yield from name_finish("end", model.end)
    yield Named("head.weight", [model.head.weight])
    yield Named("head.bias", [model.head.bias])


def name_finish(prefix, modules):
    for module in modules:
        if isinstance(module, nn.BatchNorm2d):
            yield from name_norm(f"{prefix}.bn", [module])


def name_skip(prefix, skip):
    if isinstance(skip, Projection):
        yield Named(f"{prefix}.conv.weight", [skip.path1.weight, skip.path2.weight])
    if isinstance(skip, StridedProjection):
        yield Named(f"{prefix}.conv.weight", [skip.conv.weight])
    if isinstance(getattr(skip, "bn", None), nn.BatchNorm2d):
        yield from name_norm(f"{prefix}.bn", [skip.bn])


def name_branches(prefix, branches, layout):
    columns = [branches] if isinstance(branches, MergedBranches) else list(branches)
    parted = False
    for position, token in enumerate(layout.branch):
        modules = [column[position] for column in columns]
        if token.startswith("conv"):
            yield Named(f"{prefix}.{position}.weight", [module.weight for module in modules])
        if token == "bn":
            yield from name_norm(f"{prefix}.{position}", modules, shared=not parted)
        parted = parted or token != "relu"


def name_norm(prefix, modules, shared=False):
    yield Named(f"{prefix}.weight", [module.weight for module in modules])
    yield Named(f"{prefix}.bias", [module.bias for module in modules])
    yield Named(f"{prefix}.runningMean", [module.running_mean for module in modules], shared)
    yield Named(f"{prefix}.runningVariance", [module.running_var for module in modules], shared)
