"""The project's names for the tensors of a ShakeNet.

`stage1.block1.branches.2.weight` is the tensor of the token at position 2 of the layout,
for all branches together: one after the other along axis 0. A bn on the input the branches
share has N sets of gamma and beta but its statistics once.
"""

from dataclasses import dataclass

import torch

from shakenet import MergedBranches, Projection


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
    yield from name_norm("stem.bn", [model.stem_bn])
    for plan, block in zip(model.plan.blocks, model.blocks):
        yield from name_branches(f"{plan.name}.branches", block.branches, model.plan.layout)
        if isinstance(block.skip, Projection):
            paths = block.skip.path1, block.skip.path2
            yield Named(f"{plan.name}.skip.conv.weight", [path.weight for path in paths])
            yield from name_norm(f"{plan.name}.skip.bn", [block.skip.bn])
    yield Named("head.weight", [model.head.weight])
    yield Named("head.bias", [model.head.bias])


def name_branches(prefix, branches, layout):
    columns = [branches] if isinstance(branches, MergedBranches) else list(branches)
    parted = False
    for position, token in enumerate(layout.branch):
        modules = [column[position] for column in columns]
        if token == "conv":
            yield Named(f"{prefix}.{position}.weight", [module.weight for module in modules])
        if token == "bn":
            yield from name_norm(f"{prefix}.{position}", modules, shared=not parted)
        parted = parted or token != "relu"


def name_norm(prefix, modules, shared=False):
    yield Named(f"{prefix}.weight", [module.weight for module in modules])
    yield Named(f"{prefix}.bias", [module.bias for module in modules])
    yield Named(f"{prefix}.runningMean", [module.running_mean for module in modules], shared)
    yield Named(f"{prefix}.runningVariance", [module.running_var for module in modules], shared)
