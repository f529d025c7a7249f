// What this instruction set can do at most, for the benchmark to measure everything else against:
// multiply-adds in registers, and walks over memory too long for any cache.
#pragma once

#include "../machine/limits.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Enough independent sums to hide the latency of a multiply-add; the two factors are registers too.
constexpr int peakSums = tileSums - 2;

// A factor just below 1 and an addend keep the sums ordinary numbers; their starts differ, or the
// compiler would compute but one of them.
inline float multiplyAdd(long rounds, float factor, float addend) {
  const Vector scale = broadcast(factor), shift = broadcast(addend);
  Vector sums[peakSums];
  for (int s = 0; s < peakSums; ++s) sums[s] = broadcast(addend * s);
  for (long i = 0; i < rounds; ++i)
#pragma GCC unroll 32
    for (int s = 0; s < peakSums; ++s) sums[s] = sums[s] * scale + shift;
  Vector total{};
  for (const Vector& sum : sums) total += sum;
  return total[0];
}

constexpr int streams = 8;

inline float readAll(const float* from, long floats) {
  Vector sums[streams] = {};
  for (long i = 0; i < floats; i += streams * lanes)
#pragma GCC unroll 8
    for (int s = 0; s < streams; ++s) sums[s] += load(from + i + s * lanes);
  Vector total{};
  for (const Vector& sum : sums) total += sum;
  return total[0];
}

inline void writeAll(float* to, long floats, float value) {
  for (long i = 0; i < floats; i += lanes) store(to + i, broadcast(value));
}

// Scaled, so that it stays a loop of ordinary loads and stores, as the kernels' are.
inline void copyAll(const float* from, float* to, long floats, float factor) {
  for (long i = 0; i < floats; i += lanes) store(to + i, load(from + i) * factor);
}

}  // namespace SHAKELAB_ISA_NAMESPACE
