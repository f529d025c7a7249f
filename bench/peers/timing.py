"""What the peers of our benchmark share: the options of a case, the clock, the report.

Imported before torch: an instruction set that SHAKELAB_ISA holds ours to holds PyTorch, its oneDNN
and what it compiles, too; they ask the environment as they are loaded.
"""

import argparse
import json
import os
import resource
import time

HELD_TO = {
    "avx2": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "TORCHINDUCTOR_CPP_MARCH": "x86-64-v3",
    },
    "baseline": {
        "ATEN_CPU_CAPABILITY": "default",
        "ONEDNN_MAX_CPU_ISA": "SSE41",
        "TORCHINDUCTOR_CPP_MARCH": "x86-64-v2",
    },
}
os.environ.update(HELD_TO.get(os.environ.get("SHAKELAB_ISA"), {}))

IMAGES = 4096
CLASSES = 10


def case_options(about):
    """A parser of what every peer is told of a case."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    add = parser.add_argument
    add("--batch", type=int, default=128)
    add("--height", type=int, default=28)
    add("--width", type=int, default=28)
    add("--channels", type=int, default=1)
    add("--threads", type=int, default=2)
    add("--warm-up", type=int, default=5, help="steps before the clock starts")
    add("--seconds", type=float, default=10, help="how long to time, after the warm-up")
    return parser


def time_steps(step, options, versions):
    """Run steps, and print a line of JSON with their speed and this process's largest resident size."""
    for _ in range(options.warm_up):
        step()
    steps, seconds = repeat(step, options.seconds)
    report(options.batch * steps / seconds, steps, versions)


def report(images_per_second, steps, versions):
    """Print a line of JSON, with this process's largest resident size."""
    told = {
        "imagesPerSecond": round(images_per_second, 1),
        "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "steps": steps,
        **versions,
    }
    print(json.dumps(told))


def repeat(step, seconds):
    """Run whole steps until `seconds` have passed; the steps done and the time they took."""
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        step()
        steps += 1
    return steps, time.perf_counter() - start
