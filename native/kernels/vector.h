// Sixteen samples lie side by side: one AVX-512 register, two AVX2 ones, four SSE or NEON ones.
// A kernel walks the sixteen in steps of `lanes`, so that its vectors match the machine's.
#pragma once

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "instructions.h"

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int block = shakelab::kBlock;
constexpr int lanes = SHAKELAB_LANES;
constexpr int cacheLine = 64;  // bytes

typedef float Vector __attribute__((vector_size(sizeof(float) * lanes)));
typedef int Mask __attribute__((vector_size(sizeof(int) * lanes)));
typedef uint32_t Words __attribute__((vector_size(sizeof(uint32_t) * lanes)));
typedef uint16_t Halves __attribute__((vector_size(sizeof(uint16_t) * lanes)));

// The upper half of a float.
struct Bfloat16 { uint16_t bits; };

inline Vector load(const float* at) { return *reinterpret_cast<const Vector*>(at); }
inline Vector loadAnywhere(const float* at) {
  Vector value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}
// Whole numbers of 16 bits, widened; of a conversion g++ makes two and joins them.
inline Words loadHalves(const void* at) {
#if SHAKELAB_LANES == 16
  const __m256i halves = _mm256_loadu_si256(static_cast<const __m256i*>(at));
  return reinterpret_cast<Words>(_mm512_maskz_cvtepu16_epi32(0xffff, halves));
#elif SHAKELAB_LANES == 8
  const __m128i halves = _mm_loadu_si128(static_cast<const __m128i*>(at));
  return reinterpret_cast<Words>(_mm256_cvtepu16_epi32(halves));
#elif defined(__SSE4_1__)
  const __m128i halves = _mm_loadl_epi64(static_cast<const __m128i*>(at));
  return reinterpret_cast<Words>(_mm_cvtepu16_epi32(halves));
#else
  Halves halves;
  __builtin_memcpy(&halves, at, sizeof halves);
  return __builtin_convertvector(halves, Words);
#endif
}
inline Vector load(const Bfloat16* at) {
  return reinterpret_cast<Vector>(loadHalves(at) << 16);
}
inline void store(float* at, Vector value) { *reinterpret_cast<Vector*>(at) = value; }
// Rounded to the nearest that an upper half holds, a tie to the even one, in whole numbers: the same on
// every CPU. NaN stays NaN, since what arithmetic leaves of it has a bit in the upper half.
inline Words roundedWords(Vector value) {
  const Words bits = reinterpret_cast<Words>(value);
  return bits + (value == value ? (bits >> 16 & 1) + 0x7fff : Words{});
}
inline void storeHalves(Bfloat16* at, Words words) {
  const Halves halves = __builtin_convertvector(words >> 16, Halves);
  __builtin_memcpy(at, &halves, sizeof halves);
}
inline void store(Bfloat16* at, Vector value) { storeHalves(at, roundedWords(value)); }
// A value as it is stored.
inline Vector rounded(float, Vector value) { return value; }
inline Vector rounded(Bfloat16, Vector value) {
  return reinterpret_cast<Vector>(roundedWords(value) & 0xffff0000);
}
// Stores a value and returns what there is of it.
inline Vector keep(float* at, Vector value) { return store(at, value), value; }
inline Vector keep(Bfloat16* at, Vector value) {
  const Words words = roundedWords(value);
  storeHalves(at, words);
  return reinterpret_cast<Vector>(words & 0xffff0000);
}
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
// a > b ? a : b, by one instruction instead of the two that compilers make of the comparison.
inline Vector larger(Vector a, Vector b) {
#if SHAKELAB_LANES == 16
  return _mm512_maskz_max_ps(0xffff, a, b);
#elif SHAKELAB_LANES == 8
  return _mm256_max_ps(a, b);
#else
  return a > b ? a : b;
#endif
}
inline Vector positive(Vector value) { return larger(value, Vector{}); }

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

// Sixteen neighbouring floats as one vector, added as laneSum adds them.
inline Vector foldBlock(const float* at) {
  Vector parts[block / lanes];
  for (int i = 0; i < block / lanes; ++i) parts[i] = load(at + i * lanes);
  for (int count = block / lanes / 2; count > 0; count /= 2)
    for (int i = 0; i < count; ++i) parts[i] += parts[i + count];
  return parts[0];
}

// Halves as many rows as a vector has lanes, again and again: each step adds the upper half of every
// group of lanes to its lower one and lays two rows side by side. Row r's sum ends in lane r with its
// bits reversed.
template <int Width>
inline void foldLanes(Vector* rows) {
  if constexpr (Width > 0) {
    Mask low{}, high{};
    for (int i = 0; i < lanes; ++i) {
      low[i] = i / Width * 2 * Width + i % Width;
      high[i] = low[i] + Width;
    }
    for (int i = 0; i < Width; ++i)
      rows[i] = shuffle(rows[i], rows[i + Width], low) +
                shuffle(rows[i], rows[i + Width], high);
    foldLanes<Width / 2>(rows);
  }
}

// The sums of `count` rows of sixteen lanes.
inline void laneSums(const float* rows, int count, float* sums) {
  for (int first = 0; first < count; first += lanes) {
    Vector folded[lanes];
    for (int i = 0; i < lanes; ++i)
      folded[i] = first + i < count ? foldBlock(rows + (first + i) * block) : Vector{};
    foldLanes<lanes / 2>(folded);
    for (int i = 0; i < lanes && first + i < count; ++i) {
      int lane = 0;
      for (int bit = 1; bit < lanes; bit *= 2) lane = lane * 2 + (i & bit ? 1 : 0);
      sums[first + i] = folded[0][lane];
    }
  }
}

// Asks for memory ahead of its use, while the tiles compute.
template <int Write, class Number>
inline void prefetchRow(const Number* row, long count) {
  for (long i = 0; i < count; i += cacheLine / sizeof(Number)) __builtin_prefetch(row + i, Write, 2);
}

inline void clear(float* at, long count) {
  for (long i = 0; i < count; ++i) at[i] = 0;
}

}  // namespace SHAKELAB_ISA_NAMESPACE
