// Sixteen samples lie side by side: one AVX-512 register, two AVX2 ones, four SSE or NEON ones.
// A kernel walks the sixteen in steps of `lanes`, so that its vectors match the machine's.
#pragma once

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int block = 16;
constexpr int lanes = SHAKELAB_LANES;

typedef float Vector __attribute__((vector_size(sizeof(float) * lanes)));
typedef int Mask __attribute__((vector_size(sizeof(int) * lanes)));

inline Vector load(const float* at) { return *reinterpret_cast<const Vector*>(at); }
inline void store(float* at, Vector value) { *reinterpret_cast<Vector*>(at) = value; }
inline Vector broadcast(float value) { return Vector{} + value; }
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

inline void clear(float* at, long count) {
  for (long i = 0; i < count; ++i) at[i] = 0;
}

}  // namespace SHAKELAB_ISA_NAMESPACE
