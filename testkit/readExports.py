"""Reads a run's exports in a folder by the programs that they are for, and prints what they see as JSON.

    python -m pip install tensorboard==2.21.0 onnx==1.23.2 safetensors==0.8.0
    python testkit/readExports.py FOLDER
"""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import safetensors.numpy
from onnx.reference import ReferenceEvaluator
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.backend.event_processing.event_file_loader import EventFileLoader
from tensorboard.plugins.hparams import metadata, plugin_data_pb2
from tensorboard.plugins.projector import projector_config_pb2
from google.protobuf import text_format


def read_onnx(folder):
    path = str(folder / "model.onnx")
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    case = json.loads((folder / "case.json").read_text())
    images = np.array(case["images"], np.float32).reshape(case["shape"])
    (logits,) = ReferenceEvaluator(model).run(["logits"], {"images": images})
    return {
        "opset": model.opset_import[0].version,
        "ir": model.ir_version,
        "metadata": {entry.key: entry.value for entry in model.metadata_props},
        "logits": logits.flatten().tolist(),
    }


def read_safetensors(folder):
    tensors = safetensors.numpy.load_file(folder / "model.safetensors")
    return {
        name: {
            "type": str(value.dtype),
            "shape": value.shape,
            "sha256": hashlib.sha256(value.tobytes()).hexdigest(),
        }
        for name, value in tensors.items()
    }


def read_events(folder):
    everything = {"scalars": 0, "histograms": 0, "images": 0}
    accumulator = EventAccumulator(str(folder), size_guidance=everything)
    accumulator.Reload()
    tags = accumulator.Tags()
    scalars = {tag: [[e.step, e.value] for e in accumulator.Scalars(tag)] for tag in tags["scalars"]}
    histogram = accumulator.Histograms("alpha/stage1.block1")[-1].histogram_value
    picture = accumulator.Images("embedding")[-1]
    return {
        "scalars": scalars,
        "histograms": tags["histograms"],
        "alpha": {"count": histogram.num, "least": histogram.min, "most": histogram.max},
        "picture": {"width": picture.width, "png": picture.encoded_image_string[:4].hex()},
        "settings": read_settings(folder),
        "projector": read_projector(folder),
    }


def read_settings(folder):
    """What the default loader makes of the settings, as the page asks for them."""
    (path,) = folder.glob("*tfevents*")
    for event in EventFileLoader(str(path)).Load():
        for value in event.summary.value:
            if value.metadata.plugin_data.plugin_name != metadata.PLUGIN_NAME:
                continue
            found = metadata.parse_session_start_info_plugin_data(value.metadata.plugin_data.content)
            return {key: text_format.MessageToString(v) for key, v in found.hparams.items()}


def read_projector(folder):
    config = projector_config_pb2.ProjectorConfig()
    text_format.Parse((folder / "projector_config.pbtxt").read_text(), config)
    (embedding,) = config.embeddings
    tensors = np.loadtxt(folder / embedding.tensor_path, delimiter="\t")
    labels = (folder / embedding.metadata_path).read_text().splitlines()
    return {"points": tensors.shape, "labels": len(labels) - 1, "cell": list(embedding.sprite.single_image_dim)}


folder = Path(sys.argv[1])
seen = {"onnx": read_onnx(folder), "safetensors": read_safetensors(folder), "events": read_events(folder)}
print(json.dumps(seen))
