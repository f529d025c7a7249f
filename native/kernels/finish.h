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

// A channel of a view on its way to the gradient of the activation that it is of: the norm's numbers for it, and where
// the activation and its gradient lie. One of the second of two paths is that of the pixel before, in the row above.
template <bool Normed>
struct Channel {
  Vector scale, bias, inverse, centre;
  const Number* source;
  Number* to;
  bool adds;
  int shift;

  Channel(const ConvGradientOperands& o, const Pass& pass, const Norm& norm, int sampleBlock, int y, int channel)
      : adds(o.adds || channel >= o.to.channels), shift(o.view.subsample && channel >= o.to.channels) {
    const int from = wrapped(channel, o.to.channels), row = max(0, y - shift);
    const long at = (from - shift * o.to.channels) * block;
    source = rowOf(pass, o.view.of, sampleBlock, row) + at;
    to = rowOf(pass, o.to, sampleBlock, row) + at;
    scale = broadcast(Normed ? norm.scale[channel] : 1);
    bias = broadcast(Normed ? norm.shift[channel] : 0);
    inverse = broadcast(Normed ? norm.inverse[from] : 0);
    centre = broadcast(Normed ? -norm.mean[from] : 0) * inverse;
  }
};

// Row y of the input's gradient, [width][channels][16], is rectified and summed likewise, and added past the slope of the
// norm before it, which is its scale.
template <bool Relu, bool Normed>
inline void gatherLoop(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y, int first,
                       const float* row, const Sums& sums) {
  const int step = sums.channels * block, pixel = o.to.channels * block;
  const Norm norm = normOf(o.view, pass);
  eachStrip(o.to.width, sums.channels, [&](int c, int x, auto pixels) {
    const Channel<Normed> channel(o, pass, norm, sampleBlock, y, first + c);
    const int outside = y < channel.shift ? pixels : max(0, channel.shift - x);
    for (int h = 0; h < block; h += lanes) {
      float* sumsAt = sums.byLane + c * 2 * block + h;
      Vector sum = load(sumsAt), product = load(sumsAt + block);
      for (int p = outside; p < pixels; ++p) {
        const long at = long(x + p) * pixel + h;
        const Vector value = load(channel.source + at);
        Vector g = load(row + (x + p) * step + c * block + h);
        if (Relu) g = value * channel.scale + channel.bias > Vector{} ? g : Vector{};
        if (Normed) {
          sum += g;
          product += g * (value * channel.inverse + channel.centre);
          g = g * channel.scale;
        }
        store(channel.to + at, channel.adds ? load(channel.to + at) + g : g);
      }
      if (Normed) store(sumsAt, sum), store(sumsAt + block, product);
    }
  });
}

inline void gatherRow(const ConvGradientOperands& o, const Pass& pass, int sampleBlock, int y, int first,
                      const float* row, const Sums& sums) {
  withFlag(o.view.relu, [&](auto relu) {
    withFlag(o.sums >= 0, [&](auto normed) {
      gatherLoop<relu.value, normed.value>(o, pass, sampleBlock, y, first, row, sums);
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
