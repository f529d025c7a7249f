// Four doubles side by side, as two registers of every machine hold them.
#pragma once

#include <cstdint>
#include <cstring>

namespace shakelab {

typedef double Pair __attribute__((vector_size(16)));

struct Four { Pair low, high; };

inline void load(Four& value, const double* at) { std::memcpy(&value, at, sizeof value); }

inline Four loadFour(const double* at) {
  Four value;
  load(value, at);
  return value;
}

// Adds a product, which is rounded by itself: what JavaScript does, and a fused addition does not.
inline void addProduct(Four& sum, const Four& factors, const Four& values) {
  const Pair low = factors.low * values.low;
  const Pair high = factors.high * values.high;
  sum.low += low;
  sum.high += high;
}

inline void addByte(Four& sum, const Four& weights, uint8_t value) {
  const Pair both = Pair{} + static_cast<double>(value);
  addProduct(sum, weights, {both, both});
}

// The first of four, which the others move up behind.
inline double shiftOut(Four& sum) {
  auto& [low, high] = sum;
  const double first = low[0];
  low = Pair{low[1], high[0]};
  high = Pair{high[1], 0};
  return first;
}

}  // namespace shakelab
