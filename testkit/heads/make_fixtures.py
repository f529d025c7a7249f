"""Writes testkit/fixtures/heads/cases.json: losses and gradients that the heads of src/heads are held against.

Angular heads by PyTorch Metric Learning's losses, the others by their definitions in torch's autograd, all in
double precision. Made with Python 3.11, torch 2.15.0 and pytorch-metric-learning 2.9.0:

    python testkit/heads/make_fixtures.py
"""

import json
import math
from pathlib import Path

import torch
from pytorch_metric_learning import losses
from pytorch_metric_learning.distances import LpDistance
from pytorch_metric_learning.reducers import MeanReducer

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
target = Path(__file__).parent.parent / "fixtures" / "heads" / "cases.json"


def batch(count, dimensions, classes, length=1.0):
    """Features, labels of which each class has one at least, and class vectors."""
    features = torch.randn(count, dimensions) * length
    labels = torch.cat([torch.arange(classes), torch.randint(classes, (count - classes,))])
    return features, labels, torch.randn(classes, dimensions)


def angular(make):
    """A loss of the library, whose class vectors are the columns of W."""

    def loss(features, labels, weight):
        classes, dimensions = weight.shape
        own = make(num_classes=classes, embedding_size=dimensions)
        own.W = torch.nn.Parameter(torch.empty(0))
        del own.W
        own.W = weight.t()
        return own(features, labels)

    return loss


def softmax(smoothing):
    def loss(features, labels, weight, bias):
        logits = features @ weight.t() + bias
        return torch.nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)

    return loss


def ccl():
    """Logits of features centralised by the batch with class vectors of unit length."""

    def loss(features, labels, weight):
        mean, variance = features.mean(0), features.var(0, unbiased=False)
        centred = (features - mean) / torch.sqrt(variance + 1e-5)
        norms = weight.norm(dim=1)
        return torch.nn.functional.cross_entropy(centred @ (weight / norms[:, None]).t(), labels)

    return loss


def contrastive(margin):
    """Over all pairs: half the square of the distance within a class, of what lacks to the margin between two."""

    def loss(features, labels):
        total, pairs = 0.0, 0
        for i in range(len(labels)):
            for j in range(i):
                distance = (features[i] - features[j]).norm()
                near = labels[i] == labels[j]
                gap = distance if near else torch.clamp(margin - distance, min=0)
                total, pairs = total + gap**2 / 2, pairs + 1
        return total / pairs

    return loss


def triplet(margin):
    """The library's loss on squared distances, over the triplets that FaceNet's section 3.2 names."""

    def loss(features, labels):
        squares = torch.cdist(features, features).detach() ** 2
        triplets = []
        for a in range(len(labels)):
            others = [n for n in range(len(labels)) if labels[n] != labels[a]]
            for p in range(len(labels)):
                if p == a or labels[p] != labels[a] or not others:
                    continue
                hard = [n for n in others if squares[a, n] > squares[a, p]]
                chosen = min(hard, key=lambda n: squares[a, n]) if hard else max(others, key=lambda n: squares[a, n])
                triplets.append((a, p, chosen))
        indices = tuple(torch.tensor(column) for column in zip(*triplets))
        own = losses.TripletMarginLoss(
            margin=margin,
            distance=LpDistance(normalize_embeddings=False, p=2, power=2),
            reducer=MeanReducer(),
        )
        return own(features, labels, indices)

    return loss


degrees = 180 / math.pi
plain = "start=0,end=0"


def library(name, **options):
    return angular(lambda **sizes: getattr(losses, name)(**sizes, **options))


cases = [
    ("softmax", softmax(0), (12, 5, 4), 1, True),
    ("softmax:smoothing=0.1", softmax(0.1), (12, 5, 4), 1, True),
    ("cosface:margin=0.35,scale=16", library("CosFaceLoss", margin=0.35, scale=16), (12, 5, 4), 1, False),
    ("cosface:margin=0.2,scale=64", library("CosFaceLoss", margin=0.2, scale=64), (12, 3, 4), 1, False),
    ("arcface:margin=0.5,scale=16", library("ArcFaceLoss", margin=0.5 * degrees, scale=16), (12, 5, 4), 1, False),
    ("arcface:margin=1.2,scale=8", library("ArcFaceLoss", margin=1.2 * degrees, scale=8), (24, 2, 3), 1, False),
    (f"l-softmax:margin=2,{plain}", library("LargeMarginSoftmaxLoss", margin=2, scale=1), (12, 5, 4), 1, False),
    (f"l-softmax:margin=4,{plain}", library("LargeMarginSoftmaxLoss", margin=4, scale=1), (24, 3, 4), 1, False),
    (f"sphereface:margin=2,{plain}", library("SphereFaceLoss", margin=2, scale=1), (12, 5, 4), 1, False),
    (f"sphereface:margin=4,{plain}", library("SphereFaceLoss", margin=4, scale=1), (24, 3, 4), 1, False),
    ("ccl", ccl(), (12, 5, 4), 1, False),
    ("contrastive:margin=2", contrastive(2), (12, 3, 4), 1, None),
    ("triplet:margin=1", triplet(1), (16, 3, 4), 1, None),
    # Below a length of 1e-3 the heads count a feature as that long; the library divides by its length.
    ("cosface:margin=0.35,scale=16", library("CosFaceLoss", margin=0.35, scale=16), (12, 5, 4), 1e-4, False),
]


def numbers(tensor):
    return tensor.detach().flatten().tolist()


def computed(head, loss, size, length, biased):
    features, labels, weight = batch(*size, length)
    parameters = [] if biased is None else [weight] + ([torch.randn(size[2])] if biased else [])
    for one in [features, *parameters]:
        one.requires_grad_()
    value = loss(features, labels, *parameters)
    value.backward()
    return {
        "head": head, "count": size[0], "dimensions": size[1], "classes": size[2], "length": length,
        "features": numbers(features), "labels": labels.tolist(), "parameters": [numbers(p) for p in parameters],
        "loss": value.item(), "featureGradients": numbers(features.grad),
        "gradients": [numbers(p.grad) for p in parameters],
    }


target.write_text(json.dumps([computed(*case) for case in cases]) + "\n")
