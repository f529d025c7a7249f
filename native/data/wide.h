// Four doubles side by side in one register of AVX2's, with the same sums as in two: see four.h. Passed by
// reference alone, so that code for machines without such registers may name them.
#pragma once

#if defined(__x86_64__)
#include <cstdint>
#include <cstring>

namespace shakelab {

typedef double Wide __attribute__((vector_size(32)));

// Every byte as a double: to load one spreads it over a register, to convert one takes three steps.
struct Doubles {
  double of[256] = {};

  constexpr Doubles() {
    for (int byte = 0; byte < 256; ++byte) of[byte] = byte;
  }
};

inline constexpr Doubles doubles;

inline void load(Wide& value, const double* at) { std::memcpy(&value, at, sizeof value); }

inline void addByte(Wide& sum, const Wide& weights, uint8_t value) {
  const Wide product = weights * doubles.of[value];
  sum += product;
}

inline double shiftOut(Wide& sum) {
  const double first = sum[0];
  sum = Wide{sum[1], sum[2], sum[3], 0};
  return first;
}

}  // namespace shakelab
#endif
