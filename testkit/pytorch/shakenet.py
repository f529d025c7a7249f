"""The nets of this project in PyTorch, written from their definition alone.

`make_fixtures.py` computes expected values with them, `bench/peers/pytorch.py` times them.
A block is y = x + sum_n alpha_n B_n(x); each branch B_n follows the tokens of a layout,
`bn`, `relu`, `conv` (3x3) and `conv1` (1x1). Branches come as separate modules, as most
people write them, or merged into one grouped convolution.

Three families: Gastaldi's two-convolution ResNeXt (2017), the bottleneck ResNeXt (Xie et
al. 2016), one or more branches of it, and the Wide ResNet (Zagoruyko & Komodakis 2016).
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
    "bottleneck-postact": "conv1 bn relu conv bn relu conv1 bn + relu",
    "bottleneck-preact-bn": "bn relu conv1 bn relu conv bn relu conv1 bn",
}


@dataclass(frozen=True)
class Layout:
    """`branch` tokens in order; `after` says whether a ReLU follows the addition."""

    branch: tuple
    after: bool


@dataclass(frozen=True)
class Family:
    """What nets of a family share; `stem` and `end` are what follows the stem's
    convolution and the last block, `skip` how a skip path projects."""

    stem_channels: int
    stem: str
    skip: str
    end: str


GASTALDI = Family(16, "bn", "paths", "relu")
XIE = Family(64, "bn relu", "conv-bn", "relu")
WIDE = Family(16, "", "preact-conv", "bn relu")


@dataclass(frozen=True)
class BlockPlan:
    name: str
    branches: int
    cardinality: int
    inputs: int
    inner: int
    outputs: int
    stride: int

    @property
    def projects(self):
        return self.stride > 1 or self.inputs != self.outputs


@dataclass(frozen=True)
class NetPlan:
    family: Family
    blocks: tuple
    layout: Layout
    channels: int
    features: int
    narrowed: bool
    classes: int

    @property
    def end(self):
        """No ReLU after a last block that is narrowed."""
        return tuple(t for t in self.family.end.split() if t != "relu" or not self.narrowed)


def parse_layout(text):
    branch, _, after = LAYOUTS.get(text, text).partition("+")
    return Layout(tuple(branch.split()), after.strip() == "relu")


@dataclass(frozen=True)
class Stages:
    """Three stages of `count` blocks, `width`, 2 and 4 times that wide at their ends;
    between its convolutions a branch is `inner` times that wide, or as wide as its end."""

    count: int
    width: int
    inner: int = None
    branches: int = 1
    cardinality: int = 1


def plan_net(name, layout, channels=3, features=None, classes=10):
    """Plan `resnext-D-NxWd`, `resnext-D-NxCxWd` or `wrn-D-K`.

    With `features` the last block ends in that many channels and no ReLU follows it.
    """
    layout = parse_layout(layout)
    bottleneck = sum(token.startswith("conv") for token in layout.branch) == 3
    family, stages = read_name(name, bottleneck)
    return plan_stages(family, stages, layout, channels, features, classes)


def read_name(name, bottleneck):
    kind, depth, *sizes = re.split("[-x]", re.sub("^resnext", "r", name).rstrip("d"))
    sizes = list(map(int, sizes))
    if kind == "wrn":
        return WIDE, Stages(count_blocks(name, depth, 4, 6), 16 * sizes[0])
    if not bottleneck:
        branches, width = sizes
        return GASTALDI, Stages(count_blocks(name, depth, 2, 6), width, None, branches)
    branches, cardinality, width = sizes if len(sizes) == 3 else (1, *sizes)
    count = count_blocks(name, depth, 2, 9)
    return XIE, Stages(count, 256, cardinality * width, branches, cardinality)


def count_blocks(name, depth, extra, layers):
    count = (int(depth) - extra) // layers
    if layers * count + extra != int(depth):
        raise ValueError(f"{name}: depth {depth} is not {layers}n + {extra}")
    return count


def plan_stages(family, stages, layout, channels=3, features=None, classes=10):
    blocks, inputs = [], family.stem_channels
    for stage in range(1, 4):
        for block in range(1, stages.count + 1):
            last = (stage, block) == (3, stages.count)
            scale = 2 ** (stage - 1)
            outputs = features if features and last else stages.width * scale
            inner = stages.inner * scale if stages.inner else outputs
            name = f"stage{stage}.block{block}"
            stride = 2 if stage > 1 and block == 1 else 1
            blocks.append(
                BlockPlan(
                    name, stages.branches, stages.cardinality, inputs, inner, outputs, stride
                )
            )
            inputs = outputs
    return NetPlan(
        family, tuple(blocks), layout, channels, inputs, features is not None, classes
    )


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


class StridedProjection(nn.Module):
    """The skip path as one 1x1 convolution with the block's stride, then perhaps a bn."""

    def __init__(self, plan, norm):
        super().__init__()
        self.conv = nn.Conv2d(plan.inputs, plan.outputs, 1, plan.stride, bias=False)
        self.bn = nn.BatchNorm2d(plan.outputs) if norm else nn.Identity()

    def forward(self, x):
        return self.bn(self.conv(x))


def build_skip(plan, kind):
    if not plan.projects:
        return nn.Identity()
    return Projection(plan) if kind == "paths" else StridedProjection(plan, kind == "conv-bn")


class Branch(nn.Sequential):
    """One branch; its first 3x3 convolution strides, the last one changes the width, and
    of three the middle one is in groups."""

    def __init__(self, plan, tokens):
        super().__init__(*build_tokens(plan, tokens))


def build_tokens(plan, tokens):
    channels, convolutions = plan.inputs, plan_convolutions(plan, tokens)
    for token in tokens:
        if token == "relu":
            yield nn.ReLU()
        elif token == "bn":
            yield nn.BatchNorm2d(channels)
        else:
            conv = next(convolutions)
            yield nn.Conv2d(
                channels, conv.outputs, conv.kernel, conv.stride, conv.kernel // 2,
                groups=conv.groups, bias=False,
            )  # fmt: skip
            channels = conv.outputs


@dataclass(frozen=True)
class ConvPlan:
    kernel: int
    stride: int
    outputs: int
    groups: int


def plan_convolutions(plan, tokens):
    kernels = [1 if token == "conv1" else 3 for token in tokens if token.startswith("conv")]
    strided = kernels.index(3) if 3 in kernels else 0
    for index, kernel in enumerate(kernels):
        first, last = index == 0, index == len(kernels) - 1
        stride = plan.stride if index == strided else 1
        outputs = plan.outputs if last else plan.inner
        yield ConvPlan(kernel, stride, outputs, 1 if first or last else plan.cardinality)


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
    n, channels, parted = plan.branches, plan.inputs, False
    convolutions = plan_convolutions(plan, tokens)
    for token in tokens:
        if token == "relu":
            yield nn.ReLU()
            continue
        if token == "bn":
            yield nn.BatchNorm2d(n * channels) if parted else SharedBatchNorm(channels, n)
        else:
            conv, copies = next(convolutions), n if parted else 1
            yield nn.Conv2d(
                copies * channels, n * conv.outputs, conv.kernel, conv.stride, conv.kernel // 2,
                groups=copies * conv.groups, bias=False,
            )  # fmt: skip
            channels = conv.outputs
        parted = True


class Block(nn.Module):
    def __init__(self, plan, layout, skip, merged):
        super().__init__()
        self.branches = (MergedBranches if merged else SeparateBranches)(plan, layout.branch)
        self.skip = build_skip(plan, skip)
        self.activates_skip = plan.projects and skip == "preact-conv"
        self.after = nn.ReLU() if layout.after else nn.Identity()

    def forward(self, x, coefficients=None):
        x, branches = self.activate(x) if self.activates_skip else (x, self.branches(x))
        return self.after(self.skip(x) + mix(branches, coefficients))

    def activate(self, x):
        """What a lone branch's leading bn and relu leave, and what the rest makes of that."""
        merged = isinstance(self.branches, MergedBranches)
        (branch,) = [self.branches] if merged else self.branches
        first = next(i for i, module in enumerate(branch) if isinstance(module, nn.Conv2d))
        activated = run(branch[i] for i in range(first))(x)
        return activated, [run(branch[i] for i in range(first, len(branch)))(activated)]


def run(modules):
    return lambda x: reduce(lambda y, module: module(y), modules, x)


def build_finish(tokens, channels):
    return nn.Sequential(
        *(nn.ReLU() if token == "relu" else nn.BatchNorm2d(channels) for token in tokens)
    )


class ShakeNet(nn.Module):
    def __init__(self, plan, merged=False):
        super().__init__()
        self.plan, family = plan, plan.family
        self.stem = nn.Conv2d(plan.channels, family.stem_channels, 3, padding=1, bias=False)
        self.stem_finish = build_finish(family.stem.split(), family.stem_channels)
        self.blocks = nn.ModuleList(
            Block(block, plan.layout, family.skip, merged) for block in plan.blocks
        )
        self.end = build_finish(plan.end, plan.features)
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
        x = self.stem_finish(self.stem(x))
        for index, block in enumerate(self.blocks):
            x = block(x, coefficients and coefficients[index])
        return self.end(x).mean((2, 3))

    def forward(self, x, coefficients=None):
        return self.head(self.embed(x, coefficients))


def count_parameters(model):
    return sum(parameter.numel() for parameter in model.parameters())
