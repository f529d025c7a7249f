// Sixteen samples lie side by side: one AVX-512 register, two AVX2 ones, four SSE or NEON ones.
// A kernel walks the sixteen in steps of `lanes`, so that its vectors match the machine's.
#pragma once

#include "instructions.h"

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int block = shakelab::kBlock;
constexpr int lanes = SHAKELAB_LANES;

typedef float Vector __attribute__((vector_size(sizeof(float) * lanes)));
typedef int Mask __attribute__((vector_size(sizeof(int) * lanes)));

inline Vector load(const float* at) { return *reinterpret_cast<const Vector*>(at); }
inline Vector loadAnywhere(const float* at) {
  Vector value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}
inline void store(float* at, Vector value) { *reinterpret_cast<Vector*>(at) = value; }
// Minus zero costs nothing, g++ leaves it out and broadcasts as it loads; plus zero would be added,
// since -0 + 0 is not -0.
inline Vector broadcast(float value) { return value - Vector{}; }

// Lane i of the result is lane order[i] of a and b side by side. Clang knows no such call, but makes
// one shuffle of the loop where the order is a constant.
__attribute__((always_inline)) inline Vector shuffle(Vector a, Vector b, Mask order) {
#if defined(__clang__)
  Vector result;
  for (int i = 0; i < lanes; ++i) result[i] = order[i] < lanes ? a[order[i]] : b[order[i] - lanes];
  return result;
#else
  return __builtin_shuffle(a, b, order);
#endif
}
inline Vector positive(Vector value) { return value > Vector{} ? value : Vector{}; }

constexpr int min(int a, int b) { return a < b ? a : b; }
constexpr int max(int a, int b) { return a > b ? a : b; }

// The sum of sixteen neighbouring floats, always added in the same order.
inline float laneSum(const float* at) {
  float sums[block];
  for (int i = 0; i < block; ++i) sums[i] = at[i];
  for (int width = block / 2; width > 0; width /= 2)
    for (int i = 0; i < width; ++i) sums[i] += sums[i + width];
  return sums[0];
}

#if SHAKELAB_LANES == 16
// Halves sixteen rows to eight and so on: each step adds the upper half of every group of lanes to
// its lower one and lays two rows side by side. Row r's sum ends in lane r with its bits reversed.
template <int Width>
inline void foldLanes(Vector* rows) {
  if constexpr (Width > 0) {
    Mask low{}, high{};
    for (int i = 0; i < block; ++i) {
      low[i] = i / Width * 2 * Width + i % Width;
      high[i] = low[i] + Width;
    }
    for (int i = 0; i < Width; ++i)
      rows[i] = shuffle(rows[i], rows[i + Width], low) +
                shuffle(rows[i], rows[i + Width], high);
    foldLanes<Width / 2>(rows);
  }
}
#endif

// The sums of up to sixteen rows of sixteen lanes.
inline void laneSums(const float* rows, int count, float* sums) {
#if SHAKELAB_LANES == 16
  Vector folded[block];
  for (int i = 0; i < block; ++i) folded[i] = i < count ? load(rows + i * block) : Vector{};
  foldLanes<block / 2>(folded);
  for (int i = 0; i < count; ++i)
    sums[i] = folded[0][(i & 1) << 3 | (i & 2) << 1 | (i & 4) >> 1 | (i & 8) >> 3];
#else
  for (int i = 0; i < count; ++i) sums[i] = laneSum(rows + i * block);
#endif
}

inline void clear(float* at, long count) {
  for (long i = 0; i < count; ++i) at[i] = 0;
}

}  // namespace SHAKELAB_ISA_NAMESPACE
