// Sounds brought to another rate, with the bits of their slow twin, src/data/audio/resample.ts.
#pragma once

#include <cstddef>

namespace shakelab {

// A filter for each of so many places between two samples, and for the next sample itself:
// [phases + 1][taps], taps in fours.
struct Bank {
  const double* table;
  int phases, taps;
};

// What the filters make of samples that have `taps` of silence on either side, `step` of them apart.
void interpolate(const double* padded, const Bank& bank, double step, float* out, size_t length);

}  // namespace shakelab
