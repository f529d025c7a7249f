// The filter's gradient from transformed rows (winogradLine.h): lanes are partial sums over samples.
#pragma once

#include "filter.h"
#include "winogradLine.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Output channels beside four input channels and three rows of the filter.
constexpr int lineOutputs = tileSums / (filterChannels * winogradTaps);

// Adds the products of one point of a band to sums[co][ci][2 - ky][16], with the sides exchanged: the view's
// channels, `in` of them in all, beside dy's, of which each row of the view meets three rows.
template <int Channels, int Outputs>
__attribute__((noinline)) void lineFilterTile(const FilterBand& band, int in, float* sums) {
  addBand<Channels, Outputs * winogradTaps>(
      band, [&](int i) { return i % winogradTaps * band.sourceRow + i / winogradTaps * block; },
      [=](int c, int i) {
        return sums + ((i / winogradTaps * in + c) * winogradTaps + i % winogradTaps) * block;
      });
}

// Sums of the filter's gradient by lane, [6][co][ci][2 - ky][16], to [co][ky][kx][ci].
__attribute__((noinline)) inline void restoreLines(int in, int out, const float* byLane, float* scratch,
                                                   float* partial) {
  const long spread = long(in) * out * winogradTaps * block;
  for (int c = 0; c < out; ++c)
    for (int k = 0; k < winogradTaps; ++k, partial += winogradTaps * in) {
      for (int ci = 0; ci < in; ++ci)
        for (int h = 0; h < block; h += lanes) {
          Vector p[winogradIn], w[winogradTaps];
          const float* at = byLane + ((long(c) * in + ci + 1) * winogradTaps - 1 - k) * block + h;
          for (int i = 0; i < winogradIn; ++i) p[i] = load(at + i * spread);
          filterRestore(p, w);
          for (int x = 0; x < winogradTaps; ++x)
            store(scratch + ((winogradTaps - 1 - x) * in + ci) * block + h, w[x]);
        }
      laneSums(scratch, winogradTaps * in, partial);
    }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
