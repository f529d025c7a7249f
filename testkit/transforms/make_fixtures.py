"""Writes testkit/fixtures/transforms/torchvision.json: RandAugment's ranges and what its operations make of an image.

Made with Python 3.11, torch 2.15.0 and torchvision 0.29.2:

    python testkit/transforms/make_fixtures.py
"""

import json
from pathlib import Path

import torch
from torchvision.transforms import InterpolationMode, RandAugment
from torchvision.transforms.autoaugment import _apply_op

target = Path(__file__).parent.parent / "fixtures" / "transforms" / "torchvision.json"
torch.manual_seed(1)
height, width = 9, 21
image = torch.randint(0, 256, (3, height, width), dtype=torch.uint8)

names = {
    "Identity": "identity", "ShearX": "shearX", "ShearY": "shearY", "TranslateX": "translateX",
    "TranslateY": "translateY", "Rotate": "rotate", "Brightness": "brightness", "Color": "colour",
    "Contrast": "contrast", "Sharpness": "sharpness", "Posterize": "posterize", "Solarize": "solarize",
    "AutoContrast": "autoContrast", "Equalize": "equalize",
}
space = RandAugment()._augmentation_space(31, (height, width))
assert sorted(space) == sorted(names)

# Operations that move nothing: the others interpolate, where torchvision takes the nearest pixel.
photometric = ["Brightness", "Color", "Contrast", "Sharpness", "Posterize", "Solarize", "AutoContrast", "Equalize"]


def amounts(magnitudes):
    return [magnitudes[k].item() if magnitudes.ndim > 0 else 0.0 for k in range(31)]


def made(name, strength):
    magnitudes, signed = space[name]
    amount = amounts(magnitudes)[strength]
    signs = [1, -1] if signed and amount else [1]
    return [
        {
            "operation": names[name], "amount": sign * amount,
            "image": _apply_op(image, name, sign * amount, InterpolationMode.NEAREST, None).flatten().tolist(),
        }
        for sign in signs
    ]


target.write_text(json.dumps({
    "height": height, "width": width, "image": image.flatten().tolist(),
    "ranges": {names[name]: {"amounts": amounts(of), "signed": signed} for name, (of, signed) in space.items()},
    "made": [one for name in photometric for strength in [3, 9, 30] for one in made(name, strength)],
}) + "\n")
