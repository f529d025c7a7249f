#include "interpolate.h"

#include <algorithm>
#include <cmath>

#include "four.h"

namespace shakelab {
namespace {

double dot(const double* samples, const double* weights, int taps) {
  Four sums{};
  for (int at = 0; at < taps; at += 4) addProduct(sums, loadFour(weights + at), loadFour(samples + at));
  return sums.low[0] + sums.low[1] + (sums.high[0] + sums.high[1]);
}

}  // namespace

void interpolate(const double* padded, const Bank& bank, double step, float* out, size_t length) {
  const auto [table, phases, taps] = bank;
  for (size_t at = 0; at < length; ++at) {
    const double position = static_cast<double>(at) * step;
    const double whole = std::floor(position + 1e-9);
    const double phase = std::max(0.0, position - whole) * phases;
    const auto row = static_cast<int>(phase + 1e-6);
    const double* samples = padded + static_cast<size_t>(whole) + taps / 2 + 1;
    const double* weights = table + static_cast<size_t>(row) * taps;
    double value = dot(samples, weights, taps);
    const double share = phase - row;
    if (std::abs(share) >= 1e-5) {
      const double further = share * (dot(samples, weights + taps, taps) - value);
      value += further;
    }
    out[at] = static_cast<float>(value);
  }
}

}  // namespace shakelab
