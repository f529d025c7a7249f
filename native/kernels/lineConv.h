// A narrow convolution forward by Winograd's F(4, 3) along rows (winogradLine.h).
#pragma once

#include "moments.h"
#include "rows.h"
#include "winogradLine.h"

namespace SHAKELAB_ISA_NAMESPACE {

inline LineShape lineShape(const ConvOperands& o) {
  return {viewChannels(o.view) / o.groups, o.to.channels / o.groups, o.to.width};
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// A channel's outputs on their way to a row, [pixel][step], and to its moments.
template <bool Summed>
struct OutputColumn {
  Number* to;
  long step;
  bool fresh;
  MomentSums sums;

  void operator()(long x, Vector value) {
    value = keep(to + x * step, value);
    if (!Summed) return;
    if (fresh) store(sums.at, sums.first = value), fresh = false;
    sums.add(value);
  }
  void close() const {
    if (Summed) sums.close();
  }
};

// A span of row y of a group of the view, transformed.
inline void showSpan(const ConvOperands& o, const Pass& pass, int sampleBlock, int y, int group, Span span,
                     long spread, float* to) {
  const LineShape s = lineShape(o);
  eachViewColumn(o.view, pass, sampleBlock, y, group * s.in, s.in, span,
                 [&](int at, int, int, const auto& column) {
                   transformWindows(column, span, s.width, to + at, s.in * block, spread);
                 });
}

// A span of a group's output rows, from top to bottom.
template <bool Summed>
inline void lineSpan(const ConvOperands& o, const Pass& pass, const Piece& piece, int group, Span span,
                     const Moments& moments, float* scratch) {
  const LineShape whole = lineShape(o), s(whole.in, whole.out, span.last - span.first);
  const long floats = s.lineFloats(s.in), spread = s.spread(s.in);
  const int height = viewHeight(o.view), step = o.to.channels * block, first = group * s.out * block;
  const float* weights = pass.arena + o.weights + group * long(s.in) * s.out * winogradIn * winogradTaps;
  float *ring = scratch, *zeros = ring + winogradTaps * floats, *products = zeros + floats;
  clear(zeros, floats);
  int next = max(0, piece.firstRow - 1);
  for (int y = piece.firstRow; y < piece.lastRow; ++y) {
    for (; next < min(height, y + 2); ++next)
      showSpan(o, pass, piece.sampleBlock, next, group, span, spread,
               ring + next % winogradTaps * floats);
    const float* rows[winogradTaps];
    for (int k = 0; k < winogradTaps; ++k) {
      const int row = y - 1 + k;
      rows[k] = row >= 0 && row < height ? ring + row % winogradTaps * floats : zeros;
    }
    Number* to = rowOf(pass, o.to, piece.sampleBlock, y) + first;
    if (asksAhead(pass)) prefetchSpan(to, span, step, s.out * block);
    winogradLine(whole, span, rows, spread, weights, products, [&](int i) {
      return OutputColumn<Summed>{to + i, step, y == piece.firstRow && span.first == 0,
                                  moments.sums(first + i)};
    });
  }
}

// All output rows of a piece by strips of four.
inline void lineRows(const ConvOperands& o, const Pass& pass, const Piece& piece,
                     const Moments& moments, float* scratch) {
  for (int g = 0; g < o.groups; ++g)
    eachSpan(lineShape(o), [&](Span span) {
      withFlag(!apart || o.sums >= 0, [&](auto summed) {
        lineSpan<summed.value>(o, pass, piece, g, span, moments, scratch);
      });
    });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
