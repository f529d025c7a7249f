// Gradients of a narrow convolution by Winograd's F(4, 3) along rows (winogradLine.h): dy's transformed rows
// serve the filter's and the input's.
#pragma once

#include "finish.h"
#include "gradientShape.h"
#include "lineFilter.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Calls `fill(span, to)` for spans of a transformed row.
template <class Fill>
inline void fillLine(const LineShape& lines, int channels, float* row, Fill fill) {
  eachSpan(lines, [&](Span span) { fill(span, row + lines.at(span, channels)); });
}

// byLane[6][co][ci][2 - ky][16] += Σ (A v)[ci][p] (Bᵀ dy)[co][p + 1 - ky], strips of four in the place of
// pixels: dy's windows serve the input's gradient, too.
__attribute__((noinline)) inline void addFilterLines(const Chunk& chunk, float* byLane) {
  const GradientShape& s = chunk.shape;
  const LineShape lines = s.lines();
  const long dySpread = lines.spread(s.out), viewSpread = lines.spread(s.in);
  for (int point = 0; point < winogradIn; ++point)
    for (int co = 0; co < s.out; co += lineOutputs)
      for (int ci = 0; ci < s.in; ci += filterChannels) {
        const FilterBand band{chunk.viewRowAt(chunk.first) + point * viewSpread + ci * block,
                            chunk.dyRow(chunk.first - 1) + point * dySpread + co * block,
                            chunk.last - chunk.first,
                            lines.strips,
                            s.in * block,
                            s.viewFloats,
                            s.out * block,
                            s.dyFloats};
        float* sums = byLane + ((long(point) * s.out + co) * s.in + ci) * winogradTaps * block;
        withCount<filterChannels>(s.in - ci, [&](auto channels) {
          withCount<lineOutputs>(s.out - co, [&](auto outputs) {
            lineFilterTile<channels.value, outputs.value>(band, s.in, sums);
          });
        });
      }
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// Row q of a group of dy, transformed as both gradients see it.
inline void gradientLine(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int group, int q,
                         const GradientShape& s, float* row) {
  const long spread = s.lines().spread(s.out);
  fillLine(s.lines(), s.out, row, [&](Span span, auto to) {
    eachTermColumn(o.term, pass, sampleBlock, q, group * s.out, s.out, span,
                   [&](int at, int, int, const auto& column) {
                     transformWindows(column, span, s.dyWidth, to + at, s.out * block, spread);
                   });
  });
}

// Row y of a group of the view, likewise.
inline void viewLine(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int group, int y,
                     const GradientShape& s, float* row) {
  const long spread = s.lines().spread(s.in);
  fillLine(s.lines(), s.in, row, [&](Span span, auto to) {
    eachViewColumn(o.view, pass, sampleBlock, y, group * s.in, s.in, span,
                   [&](int at, int, int, const auto& column) {
                     transformStrips(column, span, s.width, to + at, s.in * block, spread);
                   });
  });
}

// A chunk's rows of the input's gradient by strips of four, a span of them from top to bottom.
inline void addInputLines(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int group,
                          const Chunk& chunk, const Sums& sums, float* scratch) {
  const GradientShape& s = chunk.shape;
  const LineShape lines = s.lines();
  const int firstChannel = group * s.in;
  const float* weights = pass.arena + o.weights + group * long(s.in) * s.out * winogradIn * winogradTaps;
  const Norm norm = normOf(o.view, pass);
  withFlag(!apart || o.view.relu, [&](auto relu) {
    withFlag(!apart || o.sums >= 0, [&](auto summed) {
      withFlag(apart && s.whole, [&](auto whole) {
        eachSpan(lines, [&](Span span) {
          for (int y = chunk.first; y < chunk.last; ++y) {
            const long at = lines.at(span, s.out);
            const float* const rows[] = {chunk.dyRow(y - 1) + at, chunk.dyRow(y) + at,
                                         chunk.dyRow(y + 1) + at};
            Number* to = rowOf(pass, o.to, sampleBlock, y);
            const Number* source = rowOf(pass, o.view.of, sampleBlock, y);
            if (asksAhead(pass)) prefetchGradient(o, pass, sampleBlock, y, span, firstChannel, s.in);
            winogradLine(lines, span, rows, lines.spread(s.out), weights, scratch, [&](int i) {
              return GradientColumn<relu.value, summed.value, whole.value>(
                  o, norm, firstChannel + i / block, i % block, source, to,
                  sums.byLane + i / block * 2 * block + i % block);
            });
          }
        });
      });
    });
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
