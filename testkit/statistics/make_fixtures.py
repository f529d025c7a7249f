"""Writes testkit/fixtures/statistics/: values that the statistics of src/ are held against.

Distributions are computed with mpmath at 50 digits, tests and measures with scipy, statsmodels and
scikit-learn. Made with Python 3.11, mpmath 1.4.1, scipy 1.17.1, statsmodels 0.15.0 and
scikit-learn 1.9.1:

    python testkit/statistics/make_fixtures.py
"""

import json
import math
import random
from pathlib import Path

import mpmath as mp
import numpy as np
from scipy import integrate, optimize, stats
from sklearn import metrics
from statsmodels.stats import power, proportion
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

mp.mp.dps = 50
folder = Path(__file__).parent.parent / "fixtures" / "statistics"
draw = random.Random(1)


def student():
    """[t, freedom, P(|T| >= t)] wherever the tail is above 1e-300."""
    rows = []
    for freedom in [1, 1.5, 2, 3, 4.7, 9, 29, 30, 31, 100, 1000, 12345.5, 1e5, 1e6]:
        for t in [1e-8, 1e-3, 0.3, 0.9, 1, 1.1, 2, 5, 12.7, 30, 37, 40, 100, 1000]:
            if -(freedom + 1) / 2 * math.log1p(t * t / freedom) < -690:
                continue
            v, square = mp.mpf(freedom), mp.mpf(t) ** 2
            rows.append([t, freedom, float(mp.betainc(v / 2, 0.5, 0, v / (v + square), True))])
    return rows


def normal():
    """[x, P(X > x)]."""
    places = [-8, -3, -1, -1e-9, 0, 1e-9, 0.5, 1, 1.9, 1.999, 2, 2.001, 3, 5, 8, 12, 20, 30, 37]
    return [[x, float(mp.ncdf(-mp.mpf(x)))] for x in places]


def beta():
    """[a, b, x, I_x(a, b)]."""
    rows = []
    for a in [0.5, 1, 2.5, 30, 400]:
        for b in [0.5, 1, 7, 250]:
            for x in [1e-6, 0.01, 0.2, 0.5, 0.77, 0.99]:
                value = float(mp.betainc(a, b, 0, mp.mpf(x), True))
                if value > 1e-300:
                    rows.append([a, b, x, value])
    return rows


def noncentral():
    """[t, freedom, shift, P(T' >= t)]."""
    return [
        [t, freedom, shift, float(stats.nct.sf(t, freedom, shift))]
        for freedom in [1, 2, 5, 9, 18.5, 60, 1000]
        for shift in [0, 0.3, 1, 3, 8, 25]
        for t in stats.t.isf([0.025, 0.0005], freedom)
    ]


def samples(count, centre, spread):
    return [round(draw.gauss(centre, spread), 3) for _ in range(count)]


def differences():
    rows = []
    for n, m, shift, spread in [(2, 2, 0.5, 1), (3, 3, 1, 1), (5, 5, 0.2, 3), (10, 10, 1, 0.1), (30, 30, 40, 1)]:
        left, right = samples(n, 5 + shift, 1), samples(m, 5, spread)
        for test, result in [("paired", stats.ttest_rel(left, right)), ("welch", stats.ttest_ind(left, right, equal_var=False))]:
            low, high = result.confidence_interval()
            rows.append({
                "test": test, "left": left, "right": right, "freedom": float(result.df),
                "halfWidth": float(high - low) / 2, "probability": float(result.pvalue),
            })
    return rows


def sign_flips():
    rows = []
    for n in [2, 3, 5, 8, 12]:
        values = samples(n, 0.6, 1)
        result = stats.permutation_test(
            (values,), np.sum, permutation_type="samples", n_resamples=np.inf
        )
        rows.append([values, float(result.pvalue)])
    return rows


def bootstrap():
    """Bias and acceleration of scipy's BCa interval follow from the jackknife: the latter here."""
    rows = []
    for values in [[1, 2, 4, 8, 16, 32], samples(12, 0, 1)]:
        sample = np.array(values)
        without = np.array([np.delete(sample, i).mean() for i in range(len(sample))])
        u = (len(sample) - 1) * (without.mean() - without)
        rows.append([values, float((u**3).sum() / (6 * (u**2).sum() ** 1.5))])
    return rows


def bca():
    """Percentiles of scipy's BCa interval of the mean, with a million resamples."""
    values = [0.2, 0.5, 0.9, 1.1, 1.3, 2.9, 4.8, 0.4, 0.7, 1.9, 6.5, 0.1]
    result = stats.bootstrap((values,), np.mean, n_resamples=1_000_000, batch=10_000, rng=1)
    interval = result.confidence_interval
    return {"values": values, "low": float(interval.low), "high": float(interval.high)}


def mcnemar_rows():
    """[only left, only right, exact p, mid-p] by the definitions, the exact one by statsmodels."""
    rows = []
    for b, c in [(0, 1), (0, 6), (1, 9), (3, 4), (5, 5), (12, 30), (59, 121), (400, 600)]:
        exact = float(mcnemar([[50, b], [c, 50]], exact=True).pvalue)
        point = [mp.binomial(b + c, k) / mp.mpf(2) ** (b + c) for k in range(b + c + 1)]
        beyond = [p for k, p in enumerate(point) if abs(2 * k - b - c) > abs(b - c)]
        equal = [p for k, p in enumerate(point) if abs(2 * k - b - c) == abs(b - c)]
        rows.append([b, c, exact, float(mp.fsum(beyond) + mp.fsum(equal) / 2)])
    return rows


def shares():
    """[hits, count, confidence, Wilson low, high, Clopper and Pearson low, high]."""
    rows = []
    for hits, count in [(0, 1), (1, 1), (0, 20), (1, 20), (10, 20), (19, 20), (295, 10000), (99999, 100000)]:
        for confidence in [0.9, 0.95, 0.999]:
            wilson = proportion.proportion_confint(hits, count, 1 - confidence, "wilson")
            exact = proportion.proportion_confint(hits, count, 1 - confidence, "beta")
            rows.append([hits, count, confidence, *map(float, wilson), *map(float, exact)])
    return rows


def holm():
    families = [[0.01], [0.04, 0.01], [0.01, 0.02, 0.03, 0.04], [0.3, 1e-300, 0.7, 0.02, 0.02]]
    families.append([draw.random() ** 3 for _ in range(20)])
    return [[family, multipletests(family, method="holm")[1].tolist()] for family in families]


def hedges():
    """[left, right, g] with the exact factor of Gamma functions."""
    rows = []
    for n, m in [(2, 2), (3, 5), (10, 7), (200, 300)]:
        left, right = samples(n, 1, 1), samples(m, 0, 2)
        v = n + m - 2
        pooled = math.sqrt(((n - 1) * np.var(left, ddof=1) + (m - 1) * np.var(right, ddof=1)) / v)
        factor = float(mp.gamma(mp.mpf(v) / 2) / (mp.sqrt(mp.mpf(v) / 2) * mp.gamma(mp.mpf(v - 1) / 2)))
        rows.append([left, right, float(factor * (np.mean(left) - np.mean(right)) / pooled)])
    return rows


def powers():
    """[effect, count, level, power of the paired test]; a few that statsmodels does not find are
    left out."""
    rows = [
        [d, n, level, float(power.TTestPower().power(d, n, level))]
        for d in [0.1, 0.5, 1, 2, 4]
        for n in [2, 3, 5, 10, 50]
        for level in [0.05, 0.005]
    ]
    return [row for row in rows if not any(map(math.isnan, row))]


def welch_power(difference, left, right, n, level):
    """By integrating over the first sample's part of both chi squares."""
    v, total = n - 1, left**2 + right**2

    def integrand(b):
        a, c = left**2 * b, right**2 * (1 - b)
        critical = stats.t.isf(level / 2, v * (a + c) ** 2 / (a**2 + c**2))
        at, shift = critical * math.sqrt(2 * (a + c) / total), difference / math.sqrt(total / n)
        tails = stats.nct.sf(at, 2 * v, shift) + stats.nct.sf(at, 2 * v, -shift)
        return tails * stats.beta.pdf(b, v / 2, v / 2)

    return integrate.quad(integrand, 0, 1, epsabs=1e-9)[0]


def welch_powers():
    """[difference, deviations, count, level, power of Welch's test], where scipy finds it."""
    rows = [
        [difference, *deviations, n, level, welch_power(difference, *deviations, n, level)]
        for difference in [0, 0.5, 2]
        for deviations in [(1, 1), (1, 3)]
        for n in [3, 5, 9]
        for level in [0.05, 0.005]
    ]
    return [row for row in rows if not any(map(math.isnan, row))]


def classes():
    """An uneven classifier's predictions, and what scikit-learn and scipy make of them."""
    rng = np.random.default_rng(1)
    labels = rng.choice(4, size=60, p=[0.5, 0.3, 0.15, 0.05])
    logits = rng.normal(size=(60, 4)) * 2
    logits[np.arange(60), labels] += 2
    logits[:, 3] -= 30
    logits = logits.round(3)
    predicted = logits.argmax(axis=1)
    chances = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        labels, predicted, zero_division=0
    )

    def loss(beta):
        scaled = beta * logits
        peak = scaled.max(axis=1)
        rest = peak + np.log(np.exp(scaled - peak[:, None]).sum(axis=1))
        return float((rest - scaled[np.arange(60), labels]).mean())

    fitted = optimize.minimize_scalar(loss, bounds=(1e-3, 10), method="bounded", options={"xatol": 1e-12})
    confidence, right = chances.max(axis=1), predicted == labels
    place = np.minimum((confidence * 10).astype(int), 9)
    gaps = [abs(right[place == k].sum() - confidence[place == k].sum()) for k in range(10)]
    return {
        "labels": labels.tolist(),
        "logits": logits.ravel().tolist(),
        "confusion": metrics.confusion_matrix(labels, predicted).tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "accuracy": float(metrics.accuracy_score(labels, predicted)),
        "balancedAccuracy": float(metrics.balanced_accuracy_score(labels, predicted)),
        "logLoss": float(metrics.log_loss(labels, chances)),
        "brier": float(metrics.brier_score_loss(labels, chances, labels=range(4), scale_by_half=False)),
        "temperature": 1 / float(fitted.x),
        "fittedLoss": float(fitted.fun),
        "calibrationError": float(sum(gaps) / 60),
    }


def write(name, value):
    (folder / f"{name}.json").write_text(json.dumps(value, allow_nan=False) + "\n")


folder.mkdir(exist_ok=True)
write("distributions", {"student": student(), "normal": normal(), "beta": beta(), "noncentral": noncentral()})
write("comparisons", {
    "differences": differences(), "signFlips": sign_flips(), "acceleration": bootstrap(), "bca": bca(),
    "mcnemar": mcnemar_rows(), "shares": shares(), "holm": holm(), "hedges": hedges(), "powers": powers(),
    "welchPowers": welch_powers(),
})
write("classes", classes())
