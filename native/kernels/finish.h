// What becomes of the input's gradient after its products: the view's rectifier, sums for the batch norm before it, and
// the place where it is stored, the view's own or the gradient of the whole activation (src/machines/native/inPlace.ts).
#pragma once

#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Where the view's rectifier was shut the gradient stops; `shown` is the view's row in scratch.
inline void rectifyRow(const float* shown, int width, int channels, float* row, int step) {
  for (int x = 0; x < width; ++x)
    for (int i = 0; i < channels * block; i += lanes) {
      float* at = row + x * step + i;
      store(at, load(shown + x * channels * block + i) > Vector{} ? load(at) : Vector{});
    }
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// Stops the gradient of a view's row where the view's rectifier was shut, and sums g and g x̂ for the
// batch norm before it, of what will be stored; channels from `first`.
template <bool Relu, bool Summed>
inline void finishLoop(const View& view, const Number* source, const Norm& norm, int first, float* row,
                       int step, const Sums& sums) {
  const int fromStep = view.of.channels * block;
  const bool summed = Summed && (apart || norm.mean);
  const Vector threshold = thresholdOf(view.relu);
  Wrapped from(first, view.of.channels);
  eachStrip(view.of.width, sums.channels, [&](int c, int x, auto pixels) {
    if (c == 0) from = Wrapped(first, view.of.channels);
    const Vector scale = broadcast(norm.mean ? norm.scale[first + c] : 1);
    const Vector shift = broadcast(norm.mean ? norm.shift[first + c] : 0);
    const Vector inverse = broadcast(summed ? norm.inverse[from.value] : 0);
    const Vector centre = broadcast(summed ? -norm.mean[from.value] : 0) * inverse;
    for (int h = 0; h < block; h += lanes) {
      float* to = sums.byLane + c * 2 * block + h;
      Vector sum = load(to), product = load(to + block);
      for (int p = 0; p < pixels; ++p) {
        float* at = row + (x + p) * step + c * block + h;
        const Vector value = load(source + (x + p) * fromStep + from.value * block + h);
        Vector g = rounded(Number{}, load(at));
        if (Relu) store(at, g = value * scale + shift > threshold ? g : Vector{});
        sum += g;
        product += g * (value * inverse + centre);
      }
      if (Summed) store(to, sum), store(to + block, product);
    }
    from.next();
  });
}

inline void finishRow(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y,
                      int first, float* row, int step, const Sums& sums) {
  const Number* source = rowOf(pass, o.view.of, sampleBlock, y);
  const Norm norm = normOf(o.view, pass);
  const bool relu = o.view.relu, summed = o.sums >= 0;
  if (apart ? relu && summed : relu || summed)
    finishLoop<true, true>(o.view, source, norm, first, row, step, sums);
  else if (relu)
    finishLoop<true, false>(o.view, source, norm, first, row, step, sums);
  else if (summed)
    finishLoop<false, true>(o.view, source, norm, first, row, step, sums);
}

// A channel of the input's gradient on its way to a row, pixel by pixel: rectified and summed as finishLoop has it. Of
// the whole activation's gradient it is a share: past the slope of the norm before it, which is its scale, and added
// where another stands. `shift`: how far, in both directions, lies what it belongs to.
template <bool Relu, bool Summed, bool Whole>
struct GradientColumn {
  Number* to;
  float* sums;
  const Number* source;
  long step, fromStep;
  bool adds;
  Vector threshold, scale, bias, inverse, centre, sum, product;

  GradientColumn(const ConvGradientOperands& o, const Norm& norm, int channel, int h, const Number* activation,
                 Number* gradient, float* byLane, int shift = 0)
      : sums(byLane),
        step(o.to.channels * block),
        fromStep(o.view.of.channels * block),
        adds(o.adds || channel >= o.to.channels),
        threshold(thresholdOf(o.view.relu)) {
    const int from = wrapped(channel, o.view.of.channels);
    const long before = long(shift) * (o.view.of.width + 1);
    source = activation + from * block + h - before * fromStep;
    to = gradient + (Whole ? from : channel) * block + h - before * step;
    scale = broadcast(norm.mean ? norm.scale[channel] : 1);
    bias = broadcast(norm.mean ? norm.shift[channel] : 0);
    if (!Summed) return;
    const bool summed = apart || norm.mean;
    inverse = broadcast(summed ? norm.inverse[from] : 0);
    centre = broadcast(summed ? -norm.mean[from] : 0) * inverse;
    sum = load(sums), product = load(sums + block);
  }
  void operator()(long x, Vector g) {
    const Vector value = Relu || Summed ? load(source + x * fromStep) : Vector{};
    if (Relu) g = value * scale + bias > threshold ? g : Vector{};
    if (!Whole) g = keep(to + x * step, g);
    if (Summed) sum += g, product += g * (value * inverse + centre);
    if (!Whole) return;
    if (Summed) g = g * scale;
    store(to + x * step, adds ? load(to + x * step) + g : g);
  }
  void close() const {
    if (Summed) store(sums, sum), store(sums + block, product);
  }
};

// Adds row y of the input's gradient, [width][channels][16], to the gradient of what the view is of. The second of two
// paths belongs to the pixel before, in the row above.
template <bool Relu, bool Summed>
inline void gatherLoop(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y, int first,
                       const float* row, const Sums& sums) {
  const Norm norm = normOf(o.view, pass);
  const Number* activation = rowOf(pass, o.view.of, sampleBlock, y);
  Number* gradient = rowOf(pass, o.to, sampleBlock, y);
  eachStrip(o.to.width, sums.channels, [&](int c, int x, auto pixels) {
    const int shift = o.view.subsample && first + c >= o.to.channels;
    const int outside = y < shift ? pixels : max(0, shift - x);
    for (int h = 0; h < block; h += lanes) {
      GradientColumn<Relu, Summed, true> column(o, norm, first + c, h, activation, gradient,
                                                sums.byLane + c * 2 * block + h, shift);
      for (int p = outside; p < pixels; ++p)
        column(x + p, load(row + ((x + p) * sums.channels + c) * block + h));
      column.close();
    }
  });
}

inline void gatherRow(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y, int first,
                      const float* row, const Sums& sums) {
  withFlag(o.view.relu, [&](auto relu) {
    withFlag(o.sums >= 0, [&](auto summed) {
      gatherLoop<relu.value, summed.value>(o, pass, sampleBlock, y, first, row, sums);
    });
  });
}

// Asks for a part of a row of the gradient, which is to be written, channels from `first`.
inline void prefetchGradient(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y, Span span,
                             int first, int channels) {
  prefetchSpan(rowOf(pass, o.to, sampleBlock, y) + first % o.to.channels * block, span, o.to.channels * block,
               channels * block);
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
