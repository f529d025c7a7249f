// The filter's gradient from transformed rows (winogradLine.h): lanes are partial sums over samples.
#pragma once

#include "filter.h"
#include "winogradLine.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Transformed rows of a view and of dy, which begins a row above; steps are floats.
struct LineBand {
  const float *view, *dy;
  int rows, strips, viewStep, viewRow, dyStep, dyRow;
};

// Output channels beside four input channels and three rows of the filter.
constexpr int lineOutputs = tileSums / (filterChannels * winogradTaps);

// Adds a band's products of one point to sums[co][ci][2 - ky][16]: the view's channels beside dy's, `in`
// of the view's in all, and the three rows of dy that a row of the view meets.
template <int Channels, int Outputs>
__attribute__((noinline)) void lineFilterTile(const LineBand& band, int in, float* sums) {
  constexpr int inputs = Outputs * winogradTaps;
  for (int h = 0; h < block; h += lanes) {
    Vector tile[Channels][inputs];
    const auto at = [=](int c, int i) {
      return sums + ((i / winogradTaps * in + c) * winogradTaps + i % winogradTaps) * block + h;
    };
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
      for (int i = 0; i < inputs; ++i) tile[c][i] = load(at(c, i));
    for (int r = 0; r < band.rows; ++r) {
      const float* view = band.view + r * band.viewRow + h;
      const float* dy = band.dy + r * band.dyRow + h;
      for (int x = 0; x < band.strips; ++x, view += band.viewStep, dy += band.dyStep) {
        Vector values[inputs];
#pragma GCC unroll 8
        for (int i = 0; i < inputs; ++i)
          values[i] = load(dy + i % winogradTaps * band.dyRow + i / winogradTaps * block);
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) {
          const Vector value = load(view + c * block);
#pragma GCC unroll 8
          for (int i = 0; i < inputs; ++i) tile[c][i] += value * values[i];
        }
      }
    }
#pragma GCC unroll 8
    for (int c = 0; c < Channels; ++c)
#pragma GCC unroll 8
      for (int i = 0; i < inputs; ++i) store(at(c, i), tile[c][i]);
  }
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
