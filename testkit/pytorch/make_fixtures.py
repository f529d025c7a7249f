"""Writes testkit/fixtures/: what PyTorch computes for small nets, for our tests to match.

    apt-get install --no-install-recommends python3-torch python3-numpy
    /usr/bin/python3 testkit/pytorch/make_fixtures.py [CASE ...]

Made with torch 1.13 on one thread, in float64, so that whatever error a test finds is ours
alone; every input is exact in float32. A case is NAME.json, the description, and
NAME.safetensors with

    input.K.{images,labels,alpha,beta}   what step K is given; alpha [blocks, branches, samples]
    initial                              parameters and running statistics at the start
    evaluated.{features,logits}          evaluate mode at the start, every coefficient 1/N
    trained.{features,logits,loss}       train mode, step 0
    gradient                             of step 0's mean cross-entropy, without weight decay
    statistics                           running statistics after the forward pass of step 0
    after, momentum                      after all steps of SGD; missing where there is one step

The tensors of a net lie end to end in the order of the description's `tensors`: all of
them in `initial` and `after`, trained ones in `gradient` and `momentum`, the others in
`statistics`.

A ReLU input so near 0 that float32 may see the other sign would spoil a comparison of
gradients. Seeds are tried in order until no ReLU input of any step lies that near, and
until hardly any value is exactly 0, as those behind a dead unit are: they test nothing.
"""

import dataclasses
import itertools
import json
import sys
from pathlib import Path

import torch

from compute import MEAN, RECIPE, STD, Case, compute
from naming import named_tensors
from safetensors import write_safetensors
from shakenet import WIDE, XIE, ShakeNet, Stages, count_parameters, plan_net

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
CASES = [
    Case("postact", "resnext-8-2x2d", "postact", features=4),
    Case("relu-preact", "resnext-8-2x2d", "relu-preact"),
    Case("preact", "resnext-8-2x2d", "preact", channels=3, features=2),
    Case("preact-bn-batch-32", "resnext-8-2x2d", "preact-bn", features=4, batch=32),
    Case("bn-shake-7x9", "resnext-8-2x2d", "bn-shake", channels=2, height=7, width=9, features=4),
    Case("three-branches-7x9", "resnext-8-3x2d", "preact-bn", height=7, width=9, features=2),
    Case("one-branch", "resnext-8-1x2d", "preact-bn", features=6),
    Case("one-conv", "resnext-8-2x2d", "conv bn", channels=3),
    Case("relu-first", "resnext-8-2x2d", "relu bn conv relu bn conv", features=2),
    Case(
        "bottleneck",
        "resnext-11, 4 groups of 2",
        "bottleneck-postact",
        family=dataclasses.replace(XIE, stem_channels=4),
        stages=Stages(count=1, width=6, inner=8, cardinality=4),
        channels=2,
        height=7,
        width=9,
    ),
    Case(
        "bottleneck-branches",
        "resnext-11, 2 branches of 2 groups of 2",
        "bottleneck-postact",
        family=dataclasses.replace(XIE, stem_channels=4),
        stages=Stages(count=1, width=4, inner=4, branches=2, cardinality=2),
    ),
    Case(
        "bottleneck-preact-bn",
        "resnext-11, 3 branches of 2 groups of 1",
        "bottleneck-preact-bn",
        family=dataclasses.replace(XIE, stem_channels=4),
        stages=Stages(count=1, width=4, inner=2, branches=3, cardinality=2),
        features=3,
    ),
    Case(
        "wide",
        "wrn-10, narrow",
        "preact",
        family=dataclasses.replace(WIDE, stem_channels=4),
        stages=Stages(count=1, width=4),
        channels=2,
        height=9,
        width=7,
    ),
    Case(
        "mnist",
        "resnext-20-2x4d",
        "preact-bn",
        height=28,
        width=28,
        features=2,
        classes=10,
        steps=1,
        margin=2e-6,
    ),
]
# Published parameters, and the unit of the last digit that was printed.
PUBLISHED_COUNTS = {
    ("resnext-26-2x64d", "relu-preact"): (11_653_978, 1),
    ("resnext-26-2x64d", "preact"): (11_653_018, 1),
    ("resnext-26-2x64d", "preact-bn"): (11_660_186, 1),
    ("resnext-26-2x64d", "bn-shake"): (11_646_810, 1),
    ("resnext-26-2x32d", "relu-preact"): (2_920_000, 10_000),
    ("resnext-26-2x96d", "relu-preact"): (26_200_000, 100_000),
    ("resnext-29-16x64d", "bottleneck-postact"): (68_100_000, 100_000),
    ("resnext-29-2x4x64d", "bottleneck-postact"): (34_400_000, 100_000),
    ("wrn-28-10", "preact"): (36_500_000, 100_000),
}


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    check_parameter_counts()
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or [case.name for case in CASES]
    for case in CASES:
        if case.name in wanted:
            write_case(case)


def check_parameter_counts():
    """Hold the definition of the nets against the published sizes of the CIFAR-10 ones."""
    for (net, layout), (published, unit) in PUBLISHED_COUNTS.items():
        counted = count_parameters(ShakeNet(plan_net(net, layout)))
        print(f"{net} {layout}: {counted:,} parameters")
        assert abs(counted - published) < unit, f"{net} {layout}: published {published:,}"


def write_case(case):
    seed, tensors, closest = first_clear_seed(case)
    check_merged_form(case, seed, tensors)
    error, group = largest_float32_error(case, seed, tensors)
    stored = {name: t.float() if t.is_floating_point() else t for name, t in tensors.items()}
    path = FOLDER / f"{case.name}.safetensors"
    write_safetensors(path, {**stored, "initial": tensors["initial"]})
    path.with_suffix(".json").write_text(describe(case, seed, closest))
    print(
        f"{case.name}: seed {seed}, {path.stat().st_size / 1000:.0f} kB, "
        f"ReLU inputs {closest:.1e} from 0, torch's own float32 off by {error:.1e} in {group}"
    )


def first_clear_seed(case):
    for seed in itertools.count(1):
        tensors, closest = compute(case, seed)
        if closest >= case.margin and all(map(is_alive, tensors.values())):
            return seed, tensors, closest


def is_alive(tensor):
    return not tensor.is_floating_point() or tensor.count_nonzero() >= 0.9 * tensor.numel()


def check_merged_form(case, seed, tensors):
    """The grouped form of the branches must agree, which proves the naming too."""
    merged, _ = compute(case, seed, merged=True)
    assert merged.keys() == tensors.keys()
    for name, expected in tensors.items():
        torch.testing.assert_close(merged[name], expected, rtol=1e-9, atol=1e-10)


def largest_float32_error(case, seed, tensors):
    """Relative to the largest value of a tensor: what a test may reasonably ask for."""
    single, _ = compute(case, seed, dtype=torch.float32)
    exact = {name: t for name, t in tensors.items() if t.dtype == torch.float64}
    return max(
        (((single[name] - t).abs().max() / t.abs().max()).item(), name)
        for name, t in exact.items()
    )


def describe(case, seed, closest):
    plan, model = case.plan, ShakeNet(case.plan)
    description = {
        "name": case.name,
        "net": case.net,
        "layout": case.layout,
        "tokens": " ".join(plan.layout.branch) + (" + relu" if plan.layout.after else ""),
        "input": {"channels": case.channels, "height": case.height, "width": case.width},
        "features": plan.features,
        "narrowed": plan.narrowed,
        "classes": case.classes,
        "batch": case.batch,
        "steps": case.steps,
        "mean": MEAN[: case.channels],
        "std": STD[: case.channels],
        "recipe": RECIPE,
        "parameters": count_parameters(model),
        "seed": seed,
        "closestKink": float(f"{closest:.1e}"),
        **({"architecture": describe_architecture(case)} if case.stages else {}),
        "blocks": [describe_block(block) for block in plan.blocks],
        "tensors": {named.name: list(named.value().shape) for named in named_tensors(model)},
    }
    return one_line_an_entry(description) + "\n"


def describe_architecture(case):
    """The case's family and stages as `buildNet` takes them."""
    family, stages = case.family, case.stages
    return {
        "stem": {"channels": family.stem_channels, "finish": family.stem.split()},
        "stages": [
            {
                "blocks": stages.count,
                "innerChannels": stages.inner and stages.inner * scale,
                "outChannels": stages.width * scale,
            }
            for scale in (1, 2, 4)
        ],
        "branches": stages.branches,
        "cardinality": stages.cardinality,
        "projection": family.skip,
        "end": family.end.split(),
    }


def describe_block(block):
    return {
        "name": block.name,
        "branches": block.branches,
        "cardinality": block.cardinality,
        "inChannels": block.inputs,
        "innerChannels": block.inner,
        "outChannels": block.outputs,
        "stride": block.stride,
        "skip": "project" if block.projects else "identity",
    }


def one_line_an_entry(description):
    """JSON in which blocks and tensors take a line each, to be read beside each other."""
    lines = []
    for key, value in description.items():
        text = json.dumps(value)
        if key == "blocks":
            text = "[\n    " + ",\n    ".join(map(json.dumps, value)) + "\n  ]"
        if key == "tensors":
            entries = (f"{json.dumps(name)}: {json.dumps(shape)}" for name, shape in value.items())
            text = "{\n    " + ",\n    ".join(entries) + "\n  }"
        lines.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}"


if __name__ == "__main__":
    main()
