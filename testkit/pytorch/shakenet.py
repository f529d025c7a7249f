"""The nets of this project in PyTorch, written from their definition alone.

`make_fixtures.py` computes expected values with them, `bench/peers/pytorch.py` times them.
A block is y = x + sum_n alpha_n B_n(x); each branch B_n follows the tokens of a layout,
`bn`, `relu` and `conv`. Branches come as separate modules, as most people write them, or
merged into one grouped convolution.
"""

import math
import re
from dataclasses import dataclass
from functools import reduce

import torch
from torch import nn
from torch.nn import functional as F

LAYOUTS = {
    "postact": "conv bn relu conv bn + relu",
    "relu-preact": "relu conv bn relu conv bn",
    "preact": "bn relu conv bn relu conv",
    "preact-bn": "bn relu conv bn relu conv bn",
    "bn-shake": "relu conv relu conv bn",
}
STEM = 16


@dataclass(frozen=True)
class Layout:
    """`branch` tokens in order; `after` says whether a ReLU follows the addition."""

    branch: tuple
    after: bool


@dataclass(frozen=True)
class BlockPlan:
    name: str
    branches: int
    inputs: int
    outputs: int
    stride: int

    @property
    def projects(self):
        return self.stride > 1 or self.inputs != self.outputs


@dataclass(frozen=True)
class NetPlan:
    blocks: tuple
    layout: Layout
    channels: int
    features: int
    end_relu: bool
    classes: int


def parse_layout(text):
    branch, _, after = LAYOUTS.get(text, text).partition("+")
    return Layout(tuple(branch.split()), after.strip() == "relu")


def plan_net(name, layout, channels=3, features=None, classes=10):
    """Plan `resnext-D-NxWd`: D = 6n + 2, three stages of n blocks, W, 2W and 4W channels.

    With `features` the last block ends in that many channels and no ReLU follows it.
    """
    depth, branches, width = map(int, re.fullmatch(r"resnext-(\d+)-(\d+)x(\d+)d", name).groups())
    count = (depth - 2) // 6
    if 6 * count + 2 != depth:
        raise ValueError(f"{name}: depth {depth} is not 6n + 2")
    blocks, inputs = [], STEM
    for stage in range(1, 4):
        for block in range(1, count + 1):
            last = (stage, block) == (3, count)
            outputs = features if features and last else width * 2 ** (stage - 1)
            stride = 2 if stage > 1 and block == 1 else 1
            blocks.append(
                BlockPlan(f"stage{stage}.block{block}", branches, inputs, outputs, stride)
            )
            inputs = outputs
    return NetPlan(tuple(blocks), parse_layout(layout), channels, inputs, not features, classes)


class Mix(torch.autograd.Function):
    """sum_n alpha_n B_n forward, beta_n g backward; alpha and beta are [branches, samples]."""

    @staticmethod
    def forward(context, alpha, beta, *branches):
        context.save_for_backward(beta)
        return add_up(a.view(-1, 1, 1, 1) * b for a, b in zip(alpha, branches))

    @staticmethod
    def backward(context, gradient):
        (beta,) = context.saved_tensors
        return (None, None, *(b.view(-1, 1, 1, 1) * gradient for b in beta))


def add_up(tensors):
    """Python's sum without the pass that adds its 0."""
    return reduce(torch.add, tensors)


def mix(branches, coefficients):
    """Blend with given (alpha, beta), or evenly when there are none."""
    if coefficients is None:
        return add_up(branches) / len(branches)
    return Mix.apply(*coefficients, *branches)


class Projection(nn.Module):
    """The skip path where channels or size change.

    ReLU, then two 1x1 convolutions of every `stride`-th pixel, the second of the image
    moved one pixel right and one down: its output pixel i sees input pixel stride * i - 1,
    zero outside. Their channels side by side, batch norm.
    """

    def __init__(self, plan):
        super().__init__()
        self.stride = plan.stride
        self.relu = nn.ReLU()
        self.path1 = nn.Conv2d(plan.inputs, plan.outputs // 2, 1, bias=False)
        self.path2 = nn.Conv2d(plan.inputs, plan.outputs // 2, 1, bias=False)
        self.bn = nn.BatchNorm2d(plan.outputs)

    def forward(self, x):
        x, s = self.relu(x), self.stride
        shifted = F.pad(x, (1, 0, 1, 0))[:, :, :-1, :-1]
        paths = self.path1(x[:, :, ::s, ::s]), self.path2(shifted[:, :, ::s, ::s])
        return self.bn(torch.cat(paths, 1))


class Branch(nn.Sequential):
    """One branch; its first convolution strides and changes the channel count."""

    def __init__(self, plan, tokens):
        super().__init__(*build_tokens(plan, tokens))


def build_tokens(plan, tokens):
    channels, stride = plan.inputs, plan.stride
    for token in tokens:
        if token == "relu":
            yield nn.ReLU()
        elif token == "bn":
            yield nn.BatchNorm2d(channels)
        else:
            yield nn.Conv2d(channels, plan.outputs, 3, stride, 1, bias=False)
            channels, stride = plan.outputs, 1


class SeparateBranches(nn.ModuleList):
    def __init__(self, plan, tokens):
        super().__init__(Branch(plan, tokens) for _ in range(plan.branches))

    def forward(self, x):
        return [branch(x) for branch in self]


class SharedBatchNorm(nn.Module):
    """Batch norm of an input all branches share: statistics once, N sets of gamma, beta."""

    def __init__(self, channels, branches):
        super().__init__()
        self.branches = branches
        self.statistics = nn.BatchNorm2d(channels, affine=False)
        self.weight = nn.Parameter(torch.ones(branches * channels))
        self.bias = nn.Parameter(torch.zeros(branches * channels))

    @property
    def running_mean(self):
        return self.statistics.running_mean

    @property
    def running_var(self):
        return self.statistics.running_var

    def forward(self, x):
        normal = self.statistics(x).repeat(1, self.branches, 1, 1)
        return normal * self.weight.view(1, -1, 1, 1) + self.bias.view(1, -1, 1, 1)


class MergedBranches(nn.Sequential):
    """All branches at once, N times as many channels, grouped once they have parted."""

    def __init__(self, plan, tokens):
        super().__init__(*build_merged_tokens(plan, tokens))
        self.branches = plan.branches

    def forward(self, x):
        return super().forward(x).chunk(self.branches, 1)


def build_merged_tokens(plan, tokens):
    n, channels, stride, parted = plan.branches, plan.inputs, plan.stride, False
    for token in tokens:
        if token == "relu":
            yield nn.ReLU()
            continue
        if token == "bn":
            yield nn.BatchNorm2d(n * channels) if parted else SharedBatchNorm(channels, n)
        else:
            inputs, groups = (n * channels, n) if parted else (channels, 1)
            yield nn.Conv2d(inputs, n * plan.outputs, 3, stride, 1, groups=groups, bias=False)
            channels, stride = plan.outputs, 1
        parted = True


class Block(nn.Module):
    def __init__(self, plan, layout, merged):
        super().__init__()
        self.branches = (MergedBranches if merged else SeparateBranches)(plan, layout.branch)
        self.skip = Projection(plan) if plan.projects else nn.Identity()
        self.after = nn.ReLU() if layout.after else nn.Identity()

    def forward(self, x, coefficients=None):
        return self.after(self.skip(x) + mix(self.branches(x), coefficients))


class ShakeNet(nn.Module):
    def __init__(self, plan, merged=False):
        super().__init__()
        self.plan = plan
        self.stem = nn.Conv2d(plan.channels, STEM, 3, padding=1, bias=False)
        self.stem_bn = nn.BatchNorm2d(STEM)
        self.blocks = nn.ModuleList(Block(block, plan.layout, merged) for block in plan.blocks)
        self.end = nn.ReLU() if plan.end_relu else nn.Identity()
        self.head = nn.Linear(plan.features, plan.classes)
        self.initialise()

    def initialise(self):
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                outputs = module.out_channels // module.groups
                taps = module.kernel_size[0] * module.kernel_size[1]
                nn.init.normal_(module.weight, 0, math.sqrt(2 / (taps * outputs)))
        bound = 1 / math.sqrt(self.plan.features)
        nn.init.uniform_(self.head.weight, -bound, bound)
        nn.init.zeros_(self.head.bias)

    def embed(self, x, coefficients=None):
        """Pooled features [samples, features]; coefficients is a list, a pair a block."""
        x = self.stem_bn(self.stem(x))
        for index, block in enumerate(self.blocks):
            x = block(x, coefficients and coefficients[index])
        return self.end(x).mean((2, 3))

    def forward(self, x, coefficients=None):
        return self.head(self.embed(x, coefficients))


def count_parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())
