// Four doubles side by side, as two registers of every machine hold them.
#pragma once

#include <cstring>

namespace shakelab {

typedef double Pair __attribute__((vector_size(16)));

struct Four { Pair low, high; };

inline Four loadFour(const double* at) {
  Four value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

// Adds a product, which is rounded by itself: what JavaScript does, and a fused addition does not.
inline void addProduct(Four& sum, const Four& factors, const Four& values) {
  const Pair low = factors.low * values.low;
  const Pair high = factors.high * values.high;
  sum.low += low;
  sum.high += high;
}

}  // namespace shakelab
