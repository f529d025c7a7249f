"""Times training steps of a Shake-Shake net in PyTorch, the peer of our own benchmark.

    /usr/bin/python3 bench/peers/pytorch.py --net resnext-20-2x4d --layout preact-bn \\
        --batch 128 --height 28 --width 28 --channels 1 --threads 2 --seconds 10

A step is what a user runs: gather a random batch of bytes, normalise it (and crop and flip
it), draw coefficients for every block and sample, forward, backward, Nesterov SGD. Prints
one line of JSON: {imagesPerSecond, peakMemoryBytes, steps, torch}, peak memory being the
process's largest resident size.
"""

import sys
from pathlib import Path

from timing import CLASSES, IMAGES, case_options, time_steps

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "testkit" / "pytorch"))

from shakenet import ShakeNet, plan_net  # noqa: E402


def main():
    options = parse_options()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(False)
    step = training_step(options) if options.mode == "train" else evaluation_step(options)
    time_steps(step, options, {"torch": torch.__version__})


def parse_options():
    parser = case_options(__doc__)
    add = parser.add_argument
    add("--net", default="resnext-20-2x4d")
    add("--layout", default="preact-bn", help="a name or a string of tokens")
    add("--mixing", default="shake-shake", choices=["shake-shake", "even"])
    add("--features", type=int, help="channels of the last block; the net's own unless given")
    add("--channels-last", action="store_true", help="NHWC in memory instead of NCHW")
    add("--bf16", action="store_true", help="automatic mixed precision in bfloat16")
    add("--merged", action="store_true", help="branches as one grouped convolution")
    add("--compiled", action="store_true", help="the net through torch.compile, from version 2 on")
    add("--augment", action="store_true", help="pad by 4, random crop and flip")
    add("--mode", default="train", choices=["train", "evaluate"])
    return parser.parse_args()


def training_step(options):
    model, next_batch = build_model(options).train(), open_batches(options)
    compute = compiled(model, options)
    optimiser = torch.optim.SGD(
        model.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4, nesterov=True
    )

    def step():
        images, labels = next_batch()
        coefficients = draw_coefficients(options, model.plan)
        optimiser.zero_grad(set_to_none=True)
        with precision(options):
            loss = F.cross_entropy(compute(images, coefficients), labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step


def evaluation_step(options):
    compute = compiled(build_model(options).eval(), options)
    next_batch = open_batches(options)

    @torch.no_grad()
    def step():
        images, labels = next_batch()
        with precision(options):
            logits = compute(images)
        return (logits.argmax(1) != labels).sum().item()

    return step


def precision(options):
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16)


def build_model(options):
    plan = plan_net(
        options.net, options.layout, options.channels, options.features, CLASSES
    )
    return ShakeNet(plan, options.merged).to(memory_format=memory_format(options))


def compiled(model, options):
    """The net as a function; the first calls of a compiled one take a minute, and warm up."""
    return torch.compile(model) if options.compiled else model


def memory_format(options):
    return torch.channels_last if options.channels_last else torch.contiguous_format


def draw_coefficients(options, plan):
    """Fresh (alpha, beta) a block, [branches, samples] each, uniform on the simplex."""
    if options.mixing == "even":
        return None
    branches = plan.blocks[0].branches
    shape = (len(plan.blocks), 2, branches, options.batch)
    if branches == 2:
        first = torch.rand(shape[0], 2, 1, options.batch)
        return list(torch.cat((first, 1 - first), 2))
    exponentials = torch.empty(shape).exponential_()
    return list(exponentials / exponentials.sum(2, keepdim=True))


def open_batches(options):
    """A function that gathers, normalises and perhaps augments the next random batch."""
    bytes_ = torch.randint(256, (IMAGES, options.channels, options.height, options.width))
    images, labels = bytes_.to(torch.uint8), torch.randint(CLASSES, (IMAGES,))

    def next_batch():
        chosen = torch.randint(IMAGES, (options.batch,))
        batch = (images[chosen].float() - 127.5) / 73.9
        if options.augment:
            batch = augment(batch)
        return batch.contiguous(memory_format=memory_format(options)), labels[chosen]

    return next_batch


def augment(batch, pad=4):
    """Zero-pad, crop at a random place and flip half of the images, each on its own."""
    count, channels, height, width = batch.shape
    padded = F.pad(batch, (pad, pad, pad, pad))
    rows = torch.randint(2 * pad + 1, (count, 1)) + torch.arange(height)
    columns = torch.randint(2 * pad + 1, (count, 1)) + torch.arange(width)
    flipped = torch.rand(count, 1) < 0.5
    columns = torch.where(flipped, columns.flip(1), columns)
    samples = torch.arange(count).view(-1, 1, 1, 1)
    planes = torch.arange(channels).view(1, -1, 1, 1)
    return padded[samples, planes, rows.view(count, 1, -1, 1), columns.view(count, 1, 1, -1)]


if __name__ == "__main__":
    main()
