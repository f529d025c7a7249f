"""Times evaluation in onnxruntime of a net that we exported, a peer of our own benchmark.

    /usr/bin/python3 bench/peers/onnxruntime_peer.py --model net.onnx \\
        --batch 64 --height 32 --width 32 --channels 3 --threads 2 --seconds 10

A step is what a user runs: gather a random batch of bytes, run the net, which normalises them
itself, and count the wrong predictions. Prints one line of JSON: {imagesPerSecond,
peakMemoryBytes, steps, onnxruntime}, peak memory being the process's largest resident size.
"""

import numpy
import onnxruntime

from timing import CLASSES, IMAGES, case_options, time_steps


def main():
    parser = case_options(__doc__)
    parser.add_argument("--model", required=True, help="an ONNX file of images and logits")
    options = parser.parse_args()
    time_steps(evaluation_step(options), options, {"onnxruntime": onnxruntime.__version__})


def evaluation_step(options):
    session = open_session(options)
    random = numpy.random.default_rng(1)
    shape = (IMAGES, options.channels, options.height, options.width)
    images = random.integers(256, size=shape, dtype=numpy.uint8)
    labels = random.integers(CLASSES, size=IMAGES)

    def step():
        chosen = random.integers(IMAGES, size=options.batch)
        (logits,) = session.run(["logits"], {"images": images[chosen].astype(numpy.float32)})
        return int((logits.argmax(1) != labels[chosen]).sum())

    return step


def open_session(options):
    """A session of so many threads; left to itself it has one a core of the machine."""
    how = onnxruntime.SessionOptions()
    how.intra_op_num_threads = options.threads
    how.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(options.model, how, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    main()
