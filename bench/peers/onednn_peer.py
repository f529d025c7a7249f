"""Times the convolutions of a net in oneDNN, nothing else: what a net through oneDNN cannot be faster than.

    /usr/bin/python3 bench/peers/onednn_peer.py --mode train --batch 64 --threads 2 --seconds 10 \\
        --convolutions '[{"count": 4, "kernel": 3, "stride": 1, "height": 32, "width": 32, "inputGradient": true,
            "forms": [{"times": 1, "channels": 16, "outChannels": 32, "groups": 2}]}]'

PyTorch calls its own oneDNN, which tells how long each of its convolutions took (ONEDNN_VERBOSE). Only that
counts: neither PyTorch, nor carrying tensors to and from the layouts that oneDNN prefers. Every convolution
runs alone and again and again, so that its tensors are in cache as far as they fit, in each of its forms and in
both memory layouts; its forward and each of its gradients count with the median of their fastest way. Prints
one line of JSON: {imagesPerSecond, peakMemoryBytes, steps, oneDNN}, steps being the runs of a way at least.
"""

import json
import os
import re
import tempfile
import time
from contextlib import contextmanager
from statistics import median

from timing import case_options, report

os.environ["ONEDNN_VERBOSE"] = "1"

import torch  # noqa: E402
from torch.nn import functional as F  # noqa: E402

LAYOUTS = (torch.contiguous_format, torch.channels_last)
LEAST_RUNS = 2
CONVOLUTION = r"(?:onednn|dnnl)_verbose,.*\bexec,cpu,convolution,.*,([\d.e+-]+)$"


def main():
    options = parse_options()
    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    ways = sum(len(LAYOUTS) * len(convolution["forms"]) for convolution in options.convolutions)
    share = options.seconds / ways
    timed = [time_convolution(convolution, options, share) for convolution in options.convolutions]
    milliseconds = sum(time for time, _ in timed)
    version = re.search(r"DNN v([\d.]+)", torch.__config__.show())[1]
    least = min(runs for _, runs in timed)
    report(1000 * options.batch / milliseconds, least, {"oneDNN": version})


def parse_options():
    parser = case_options(__doc__)
    add = parser.add_argument
    add("--convolutions", type=json.loads, required=True, help="JSON, as above")
    add("--mode", default="train", choices=["train", "evaluate"])
    return parser.parse_args()


def time_convolution(convolution, options, seconds):
    """Milliseconds of all that are alike in a step, and how often the least run way ran."""
    ways = [
        time_way(convolution, form, layout, options, seconds)
        for form in convolution["forms"]
        for layout in LAYOUTS
    ]
    fastest = [min(times) for times in zip(*(times for times, _ in ways))]
    return convolution["count"] * sum(fastest), min(runs for _, runs in ways)


def time_way(convolution, form, layout, options, seconds):
    """Milliseconds of the forward and each gradient in one form and layout, and how often it ran."""
    step, leaves = open_step(convolution, form, layout, options)
    hear(step, 1 + leaves)
    times, start = [], time.perf_counter()
    while len(times) < LEAST_RUNS or time.perf_counter() - start < seconds:
        times.append(hear(step, 1 + leaves))
    return [form["times"] * median(column) for column in zip(*times)], len(times)


def open_step(convolution, form, layout, options):
    """A function that runs a convolution, and in training its gradients; how many these are."""
    kernel, stride, groups = convolution["kernel"], convolution["stride"], form["groups"]
    height, width = convolution["height"], convolution["width"]
    small = -(-height // stride), -(-width // stride)

    def tensor(*shape):
        return torch.randn(shape).to(memory_format=layout)

    images = tensor(options.batch, form["channels"], height, width)
    weights = tensor(form["outChannels"], form["channels"] // groups, kernel, kernel)
    gradient = tensor(options.batch, form["outChannels"], *small)

    def forward():
        return F.conv2d(images, weights, None, stride, kernel // 2, groups=groups)

    if options.mode == "evaluate":
        return torch.no_grad()(forward), 0
    images.requires_grad_(convolution["inputGradient"])
    weights.requires_grad_()
    leaves = [leaf for leaf in (images, weights) if leaf.requires_grad]
    return lambda: torch.autograd.grad(forward(), leaves, gradient), len(leaves)


def hear(step, count):
    """Milliseconds of each convolution that oneDNN runs in a step, in order, as it tells them itself."""
    with tempfile.TemporaryFile("w+") as file:
        with standard_output(file):
            step()
        file.seek(0)
        told = [re.match(CONVOLUTION, line) for line in file]
    times = [float(match[1]) for match in told if match]
    if len(times) != count:
        raise RuntimeError(f"oneDNN ran {len(times)} of {count} convolutions: PyTorch took another way")
    return times


@contextmanager
def standard_output(file):
    """What is printed meanwhile goes to a file, a library's lines too."""
    before = os.dup(1)
    os.dup2(file.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(before, 1)
        os.close(before)


if __name__ == "__main__":
    main()
