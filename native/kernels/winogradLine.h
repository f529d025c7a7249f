// Winograd's F(4, 3) along a row, for groups too narrow for tiles of 4×4: four outputs from six inputs,
// with six products a row of the filter instead of twelve. A row is transformed once and then serves
// every output channel and all three rows of the filter.
#pragma once

#include "filter.h"
#include "winogradFilter.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A row of outputs in strips of four, from rows transformed to [6][strip][in][16].
struct LineShape {
  int in, out, width, strips;

  LineShape(int inChannels, int outChannels, int outWidth)
      : in(inChannels),
        out(outChannels),
        width(outWidth),
        strips((outWidth + winogradOut - 1) / winogradOut) {}

  long spread(int channels) const { return winogradSpread(long(strips) * channels * block); }
  long lineFloats(int channels) const { return winogradIn * spread(channels); }
};

// Six neighbouring pixels of a column, the first one to the left of x, zero outside.
template <class Column>
inline void window(const Column& column, int x, int width, Vector* d) {
  if (x > 0 && x + winogradOut < width) {
#pragma GCC unroll 6
    for (int p = 0; p < winogradIn; ++p) d[p] = column(x - 1 + p);
    return;
  }
  for (int p = 0; p < winogradIn; ++p) {
    const int at = x - 1 + p;
    d[p] = at >= 0 && at < width ? column(at) : Vector{};
  }
}

inline void storePoints(const Vector* values, float* to, long spread) {
#pragma GCC unroll 6
  for (int p = 0; p < winogradIn; ++p) store(to + p * spread, values[p]);
}

// Bᵀd of a column's strip at x to [6][strip][channels][16], whose window stays in `d`; `i` is its place
// in a pixel. Returns where the strip's first point is.
template <class Column>
__attribute__((always_inline)) inline float* transformInto(const LineShape& s, const Column& column,
                                                           int channels, int i, int x, float* to,
                                                           Vector* d) {
  Vector t[winogradIn];
  float* at = to + x / winogradOut * channels * block + i;
  window(column, x, s.width, d);
  inputTransform(d, t);
  storePoints(t, at, s.spread(channels));
  return at;
}

template <class Column>
inline void transformStrip(const LineShape& s, const Column& column, int channels, int i, int x,
                           float* to) {
  Vector d[winogradIn];
  transformInto(s, column, channels, i, x, to, d);
}

// The same of dy for the input's gradient and, behind it, A dy for the filter's.
template <class Column>
inline void transformGradient(const LineShape& s, const Column& column, int channels, int i, int x,
                              float* to) {
  Vector d[winogradIn], t[winogradIn];
  float* at = transformInto(s, column, channels, i, x, to, d);
  gradientTransform(d + 1, t);
  storePoints(t, at + s.lineFloats(channels), s.spread(channels));
}

// Products of one point for a tile of output channels × neighbouring strips, from three rows
// [strip][in][16]; weights [in][ky][tile channel].
// By tile.h's, which takes the rows one after the other, less is gained (bench/NOTES.md).
template <int Channels, int Strips>
__attribute__((noinline)) void lineTile(const float* const* rows, const float* weights, int in,
                                        float* out, int outStep) {
  const int step = in * block;
  for (int h = 0; h < block; h += lanes) {
    Vector sums[Channels][Strips] = {};
    const float* w = weights;
    for (int at = h; at < step; at += block)
#pragma GCC unroll 3
      for (int k = 0; k < winogradTaps; ++k, w += Channels) {
        Vector values[Strips];
#pragma GCC unroll 8
        for (int p = 0; p < Strips; ++p) values[p] = load(rows[k] + at + p * step);
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) {
          const Vector weight = broadcast(w[c]);
#pragma GCC unroll 8
          for (int p = 0; p < Strips; ++p) sums[c][p] += weight * values[p];
        }
      }
#pragma GCC unroll 8
    for (int p = 0; p < Strips; ++p)
#pragma GCC unroll 8
      for (int c = 0; c < Channels; ++c) store(out + p * outStep + c * block + h, sums[c][p]);
  }
}

// A row of one point's products, cut into tiles of nearly equal size.
template <int Channels>
inline void lineTiles(const float* const* rows, const float* weights, int in, int strips, float* out,
                      int outStep) {
  constexpr int most = tilePixels(Channels);
  const int tiles = (strips + most - 1) / most;
  for (int t = 0, x = 0; t < tiles; ++t) {
    const int next = strips * (t + 1) / tiles;
    const long at = long(x) * in * block;
    const float* const moved[] = {rows[0] + at, rows[1] + at, rows[2] + at};
    withCount<most>(next - x, [&](auto count) {
      lineTile<Channels, count.value>(moved, weights, in, out + x * outStep, outStep);
    });
    x = next;
  }
}

// A row of outputs [pixel][step] from the three rows that it sees; weights packed as
// [6][tile of out][in][ky][tile channel].
inline void winogradLine(const LineShape& s, const float* const* source, const float* weights,
                         float* to, int step, float* products) {
  const long spreadIn = s.spread(s.in), spreadOut = s.spread(s.out), filters = long(s.in) * winogradTaps;
  for (int point = 0; point < winogradIn; ++point) {
    const long at = point * spreadIn;
    const float* const rows[] = {source[0] + at, source[1] + at, source[2] + at};
    for (int c = 0, tile; c < s.out; c += tile) {
      tile = tileWidth(c, s.out);
      withTile(tile, [&](auto channels) {
        lineTiles<channels.value>(rows, weights + (point * s.out + c) * filters, s.in, s.strips,
                                  products + point * spreadOut + c * block, s.out * block);
      });
    }
  }
  for (int i = 0; i < s.out * block; i += lanes)
    for (int strip = 0; strip < s.strips; ++strip) {
      Vector m[winogradIn], o[winogradOut];
#pragma GCC unroll 6
      for (int p = 0; p < winogradIn; ++p)
        m[p] = load(products + p * spreadOut + long(strip) * s.out * block + i);
      outputTransform(m, o);
      float* at = to + strip * winogradOut * step + i;
      const int columns = s.width - strip * winogradOut;
#pragma GCC unroll 4
      for (int x = 0; x < winogradOut; ++x)
        if (x < columns) store(at + x * step, o[x]);
    }
}

// Sums of the filter's gradient by lane, [6][ci][co][ky][16], to [co][ky][kx][ci].
inline void restoreLines(int in, int out, const float* byLane, float* scratch, float* partial) {
  const long spread = long(in) * out * winogradTaps * block;
  for (int c = 0; c < out; ++c)
    for (int k = 0; k < winogradTaps; ++k, partial += winogradTaps * in) {
      for (int ci = 0; ci < in; ++ci)
        for (int h = 0; h < block; h += lanes) {
          Vector p[winogradIn], w[winogradTaps];
          const float* at = byLane + ((long(ci) * out + c) * winogradTaps + k) * block + h;
          for (int i = 0; i < winogradIn; ++i) p[i] = load(at + i * spread);
          filterRestore(p, w);
          for (int x = 0; x < winogradTaps; ++x) store(scratch + (x * in + ci) * block + h, w[x]);
        }
      foldFilter(scratch, winogradTaps * in, partial);
    }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
