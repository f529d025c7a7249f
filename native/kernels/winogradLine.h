// Winograd's F(4, 3) along a row, for groups too narrow for tiles of 4×4: four outputs from six inputs,
// with six products a row of the filter instead of twelve. A row is transformed once and then serves
// every output channel and all three rows of the filter.
#pragma once

#include "pieces.h"
#include "winogradFilter.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A row of outputs in strips of four, from rows transformed to [6][strip][in][16]. Spans of a few strips
// are walked from top to bottom, so that what three rows hold of them stays in the first-level cache.
struct LineShape {
  int in, out, width, strips;

  LineShape(int inChannels, int outChannels, int outWidth)
      : in(inChannels),
        out(outChannels),
        width(outWidth),
        strips((outWidth + winogradOut - 1) / winogradOut) {}

  long spread(int channels) const { return winogradSpread(long(strips) * channels * block); }
  long lineFloats(int channels) const { return winogradIn * spread(channels); }
  // Where a span begins in such a row.
  long at(Span span, int channels) const { return long(span.first) / winogradOut * channels * block; }
};

// As many strips as every instruction set's tile takes beside its channels, so that sums over spans have
// the same order in all.
constexpr int spanStrips = 3;

// Calls `use(span)` for spans of nearly equal size of a row.
template <class Use>
inline void eachSpan(const LineShape& s, Use use) {
  const int spans = (s.strips + spanStrips - 1) / spanStrips;
  for (int i = 0; i < spans; ++i)
    use(Span{s.strips * i / spans * winogradOut,
             min(s.width, s.strips * (i + 1) / spans * winogradOut)});
}

inline void storePoints(const Vector* values, float* to, long spread) {
#pragma GCC unroll 6
  for (int p = 0; p < winogradIn; ++p) store(to + p * spread, values[p]);
}

// The four pixels of a column from x on, zero beyond the row.
template <class Column>
inline void stripOf(const Column& column, int x, int width, Vector* pixels) {
  if (x + winogradOut <= width) {
#pragma GCC unroll 4
    for (int p = 0; p < winogradOut; ++p) pixels[p] = column(x + p);
    return;
  }
  for (int p = 0; p < winogradOut; ++p) pixels[p] = x + p < width ? column(x + p) : Vector{};
}

// Bᵀd of a column's span to [6][strip][...], strips `step` floats apart. A window of six pixels keeps two
// for the next one.
template <class Column>
inline void transformWindows(const Column& column, Span span, int width, float* to, int step,
                             long spread) {
  Vector d[winogradIn], t[winogradIn];
  d[0] = span.first > 0 ? column(span.first - 1) : Vector{};
  d[1] = column(span.first);
  for (int x = span.first; x < span.last; x += winogradOut, to += step) {
    stripOf(column, x + 1, width, d + 2);
    inputTransform(d, t);
    storePoints(t, to, spread);
    d[0] = d[4], d[1] = d[5];
  }
}

// A y of a column's strips, likewise.
template <class Column>
inline void transformStrips(const Column& column, Span span, int width, float* to, int step,
                            long spread) {
  Vector y[winogradOut], t[winogradIn];
  for (int x = span.first; x < span.last; x += winogradOut, to += step) {
    stripOf(column, x, width, y);
    gradientTransform(y, t);
    storePoints(t, to, spread);
  }
}

// Products of all points for a tile of output channels × neighbouring strips, from three rows
// [6][strip][in][16], points `spread` floats apart; weights [6][in][ky][tile channel], `filters` apart.
// By tile.h's, which takes the rows one after the other, less is gained (bench/NOTES.md).
template <int Channels, int Strips>
__attribute__((noinline)) void lineTile(const float* const* rows, long spread, const float* weights,
                                        long filters, int in, float* out, int outStep,
                                        long outSpread) {
  const int step = in * block;
  for (int point = 0; point < winogradIn; ++point)
    for (int h = 0; h < block; h += lanes) {
      Vector sums[Channels][Strips] = {};
      const float* w = weights + point * filters;
      const float* const at[] = {rows[0] + point * spread + h, rows[1] + point * spread + h,
                                 rows[2] + point * spread + h};
      for (int i = 0; i < step; i += block)
#pragma GCC unroll 3
        for (int k = 0; k < winogradTaps; ++k, w += Channels) {
          Vector values[Strips];
#pragma GCC unroll 8
          for (int p = 0; p < Strips; ++p) values[p] = load(at[k] + i + p * step);
#pragma GCC unroll 8
          for (int c = 0; c < Channels; ++c) {
            const Vector weight = broadcast(w[c]);
#pragma GCC unroll 8
            for (int p = 0; p < Strips; ++p) sums[c][p] += weight * values[p];
          }
        }
      float* to = out + point * outSpread + h;
#pragma GCC unroll 8
      for (int p = 0; p < Strips; ++p)
#pragma GCC unroll 8
        for (int c = 0; c < Channels; ++c) store(to + p * outStep + c * block, sums[c][p]);
    }
}

// The products of a span's strips with all filters, [6][strip][out][16]; weights packed as
// [6][tile of out][in][ky][tile channel].
__attribute__((noinline)) inline void lineProducts(const LineShape& s, int strips, const float* const* rows,
                                                   long spread, const float* weights, float* products) {
  const int step = s.out * block;
  const long spreadOut = winogradSpread(long(strips) * step), filters = long(s.in) * winogradTaps;
  for (int c = 0, tile; c < s.out; c += tile) {
    tile = tileWidth(c, s.out);
    withTile(tile, [&](auto channels) {
      withCount<spanStrips>(strips, [&](auto count) {
        lineTile<channels.value, count.value>(rows, spread, weights + c * filters, s.out * filters,
                                              s.in, products + c * block, step, spreadOut);
      });
    });
  }
}

// The outputs of a span from the three rows that it sees, which are at its first strip. `open(i)` gives
// what takes the outputs of the channel and the lanes at place i of a pixel, a vector a call and then
// `close`.
template <class Open>
inline void winogradLine(const LineShape& s, Span span, const float* const* rows, long spread,
                         const float* weights, float* products, Open open) {
  const int strips = (span.last - span.first + winogradOut - 1) / winogradOut, step = s.out * block;
  const long spreadOut = winogradSpread(long(strips) * step);
  lineProducts(s, strips, rows, spread, weights, products);
  for (int i = 0; i < step; i += lanes) {
    auto column = open(i);
    const float* from = products + i;
    for (int x = span.first; x < span.last; x += winogradOut, from += step) {
      Vector m[winogradIn], o[winogradOut];
#pragma GCC unroll 6
      for (int p = 0; p < winogradIn; ++p) m[p] = load(from + p * spreadOut);
      outputTransform(m, o);
      if (x + winogradOut <= s.width) {
#pragma GCC unroll 4
        for (int p = 0; p < winogradOut; ++p) column(x + p, o[p]);
      } else {
        for (int p = 0; x + p < s.width; ++p) column(x + p, o[p]);
      }
    }
    column.close();
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
