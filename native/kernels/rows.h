// Rows of views and of gradient terms: the one place where subsampling, batch norm, ReLU, mixing
// coefficients and their derivatives are applied, one cache-resident row at a time.
#pragma once

#include "stored.h"

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

inline void prefetchView(const View& view, const Pass& pass, int sampleBlock, int y) {
  const int row = view.subsample ? view.subsample * y : y;
  if (asksAhead(pass) && row < view.of.height)
    prefetchRow<0>(rowOf(pass, view.of, sampleBlock, row),
                   long(view.of.width) * view.of.channels * block);
}

// What a rectifier compares with: zero, or -infinity where there may be none.
inline Vector thresholdOf(bool relu) {
  return apart || relu ? Vector{} : broadcast(-__builtin_inff());
}
inline Vector rectified(Vector value, Vector threshold) {
  return apart ? positive(value) : larger(threshold, value);
}

// A channel of a row of a view: its vectors by pixel, for a strip.
template <bool Affine, bool Relu>
struct ViewColumn {
  const Number* at;
  long step;
  Vector scale, shift, threshold;

  Vector operator()(long x) const {
    Vector value = load(at + x * step);
    if (Affine) value = value * scale + shift;
    return Relu ? rectified(value, threshold) : value;
  }
};

template <bool Affine, bool Relu, class Walk, class Use>
inline void viewColumns(const View& view, const Number* source, const Norm& norm, int first, int count,
                        bool ahead, Walk walk, Use use) {
  const bool affine = Affine && (apart || norm.scale);
  const Vector threshold = thresholdOf(view.relu);
  Wrapped from(first, view.of.channels);
  walk.each(count, [&](int c, int x, auto pixels) {
    if (c == 0) from = Wrapped(first, from.size);
    const Vector scale = broadcast(affine ? norm.scale[first + c] : 1);
    const Vector shift = broadcast(affine ? norm.shift[first + c] : 0);
    const Number* at = source + from.value * block;
    if (ahead) prefetchPixels(at + (x + view.of.width) * from.size * block, pixels, from.size * block);
    for (int h = 0; h < block; h += lanes)
      use(c * block + h, x, pixels,
          ViewColumn<Affine, Relu>{at + h, from.size * block, scale, shift, threshold});
    from.next();
  });
}

// A channel of the two shifted paths: [0, C) see source pixel stride * j, [C, 2C) see stride * j - 1,
// zero outside.
template <bool Relu>
struct PathColumn {
  const Number* at;
  long step;
  int inside;  // the first pixel that sees one
  Vector threshold;

  Vector operator()(long x) const {
    if (x < inside) return Vector{};
    const Vector value = load(at + x * step);
    return Relu ? rectified(value, threshold) : value;
  }
};

template <bool Relu, class Walk, class Use>
inline void pathColumns(const View& view, const Pass& pass, int sampleBlock, int y, int first,
                        int count, Walk walk, Use use) {
  const long pixel = long(view.of.channels) * block, step = view.subsample * pixel;
  const bool ahead = asksAhead(pass);
  walk.each(count, [&](int c, int x, auto pixels) {
    const int shift = first + c >= view.of.channels ? 1 : 0;
    const int row = view.subsample * y - shift;
    const Number* at = rowOf(pass, view.of, sampleBlock, max(row, 0)) +
                       (first + c - shift * view.of.channels) * block - shift * pixel;
    if (ahead) prefetchPixels(at + (x + view.of.width) * step, pixels, step);
    for (int h = 0; h < block; h += lanes)
      use(c * block + h, x, pixels,
          PathColumn<Relu>{at + h, step, row < 0 ? view.of.width : shift, thresholdOf(view.relu)});
  });
}

// Calls `use(at, x, pixels, column)` for channels [first, first + count) of row y of a view, as `walk`
// goes: for `pixels` pixels from x on, with where in a pixel [count][16] the column's vectors belong. The
// next row is asked for meanwhile.
template <class Walk, class Use>
__attribute__((flatten)) inline void eachViewColumn(const View& view, const Pass& pass, int sampleBlock,
                                                    int y, int first, int count, Walk walk, Use use) {
  if (Walk::subsampled && view.subsample) {
    if (!apart || view.relu) pathColumns<true>(view, pass, sampleBlock, y, first, count, walk, use);
    else pathColumns<false>(view, pass, sampleBlock, y, first, count, walk, use);
    return;
  }
  const Number* source = rowOf(pass, view.of, sampleBlock, y);
  const Norm norm = normOf(view, pass);
  const bool ahead = asksAhead(pass);
  switch (apart ? (view.norm.record >= 0 ? 2 : 0) + (view.relu ? 1 : 0) : 3) {
    case 0: return viewColumns<false, false>(view, source, norm, first, count, ahead, walk, use);
    case 1: return viewColumns<false, true>(view, source, norm, first, count, ahead, walk, use);
    case 2: return viewColumns<true, false>(view, source, norm, first, count, ahead, walk, use);
    default: return viewColumns<true, true>(view, source, norm, first, count, ahead, walk, use);
  }
}

// Writes channels [first, first + count) of row y of a view as [width][count][16].
__attribute__((noinline)) inline void viewRow(const View& view, const Pass& pass, int sampleBlock, int y,
                                              int first, int count, float* to) {
  eachViewColumn(view, pass, sampleBlock, y, first, count, Strips{viewWidth(view)},
                 [&](int at, int x, auto pixels, const auto& column) {
                   float* strip = to + x * count * block + at;
                   for (int p = 0; p < pixels; ++p) store(strip + p * count * block, column(x + p));
                 });
}

// Whether a gradient stops where its view's rectifier was shut.
inline bool isMasked(const Term& term) { return term.view.relu && term.kind != kStored; }

// What is read in the place of an activation that a term does not need.
alignas(cacheLine) constexpr Number noActivation[block] = {};

// Row y of a gradient on its way: where it and the activation it belongs to are read.
struct TermRow {
  const Number *gradient, *activation;
  const float* coefficients;  // null where the term is not mixed
  int gradientStep, gradientChannels, activationStep, activationChannels, samples, first;
  Norm norm;
  Vector threshold;

  TermRow(const Term& term, const Pass& pass, int sampleBlock, int y, int firstChannel)
      : gradientChannels(term.channels),
        activationStep(term.view.of.channels * block),
        activationChannels(term.view.of.channels),
        samples(pass.samples),
        first(firstChannel),
        threshold(thresholdOf(isMasked(term))) {
    const View& view = term.view;
    activation = rowOf(pass, view.of, sampleBlock, y);
    norm = normOf(view, pass);
    if (!apart && !isMasked(term) && !norm.mean)
      activation = noActivation, activationStep = 0, activationChannels = 1;
    if (term.kind == kPooled) {
      gradient = rowOf(pass, term.gradient, term.channels, 1, 1, sampleBlock, 0);
      gradientStep = 0;
    } else {
      gradient = rowOf(pass, term.gradient, term.channels, view.of.height, view.of.width, sampleBlock, y);
      gradientStep = term.channels * block;
    }
    const Coefficients& mixing = term.coefficients;
    coefficients = nullptr;
    if (term.kind != kMixed) return;
    const int band = y * mixing.bands / view.of.height;
    coefficients = pass.arena + mixing.slot + long(band) * mixing.branches * pass.samples +
                   sampleBlock * block;
  }
};

// A channel of such a row, by pixel: `past` is the gradient past the view's rectifier, and the call
// what comes back through the batch norm.
template <bool Coefficient, bool Masked, bool Normed>
struct TermColumn {
  const Number *gradient, *activation;
  long gradientStep, activationStep;
  Vector beta, scale, shift, threshold, slope, curve, offset;

  TermColumn(const TermRow& t, int c, int from, int source, int h)
      : gradient(t.gradient + source * block + h),
        activation(t.activation + from * block + h),
        gradientStep(t.gradientStep),
        activationStep(t.activationStep),
        threshold(t.threshold) {
    const int channel = t.first + c;
    const long branch = channel / t.gradientChannels;
    if (Coefficient)
      beta = apart || t.coefficients ? load(t.coefficients + branch * t.samples + h) : broadcast(1);
    if (Masked) {
      scale = broadcast(t.norm.mean ? t.norm.scale[channel] : 1);
      shift = broadcast(t.norm.mean ? t.norm.shift[channel] : 0);
    }
    if (!Normed) return;
    const bool normed = apart || t.norm.mean;
    slope = broadcast(normed ? t.norm.slope[channel] : 1);
    curve = broadcast(normed ? t.norm.curve[channel] : 0);
    offset = broadcast(normed ? t.norm.offset[channel] : 0);
  }

  Vector value(long x) const { return load(activation + x * activationStep); }
  Vector past(long x, Vector value) const {
    Vector g = load(gradient + x * gradientStep);
    if (Coefficient) g = g * beta;
    if (Masked) g = value * scale + shift > threshold ? g : Vector{};
    return g;
  }
  Vector operator()(long x) const {
    const Vector value = Masked || Normed ? this->value(x) : Vector{};
    const Vector g = past(x, value);
    return Normed ? g * slope + (value * curve + offset) : g;
  }
};

// Calls `use(coefficient, masked, normed)` with compile-time flags, all true where one loop does for all.
template <class Use>
inline void withFlags(const Term& term, Use use) {
  withFlag(!apart || term.kind == kMixed, [&](auto coefficient) {
    withFlag(!apart || isMasked(term), [&](auto masked) {
      withFlag(!apart || term.view.norm.record >= 0,
               [&](auto normed) { use(coefficient, masked, normed); });
    });
  });
}

// Calls `use(at, x, pixels, column)` for channels [first, first + count) of row y of the gradient of
// the activation that a term's view reads, as eachViewColumn does, and asks for the next row.
template <class Walk, class Use>
__attribute__((flatten)) inline void eachTermColumn(const Term& term, const Pass& pass, int sampleBlock,
                                                    int y, int first, int count, Walk walk, Use use) {
  const TermRow t(term, pass, sampleBlock, y, first);
  const bool ahead = asksAhead(pass);
  withFlags(term, [&](auto coefficient, auto masked, auto normed) {
    using Column = TermColumn<coefficient.value, masked.value, normed.value>;
    Wrapped from(first, t.activationChannels), source(first, t.gradientChannels);
    walk.each(count, [&](int c, int x, auto pixels) {
      if (c == 0) from = Wrapped(first, from.size), source = Wrapped(first, source.size);
      const int next = x + term.view.of.width;
      if (ahead)
        prefetchPixels(t.gradient + source.value * block + next * t.gradientStep, pixels, t.gradientStep);
      if (ahead && (masked.value || normed.value))
        prefetchPixels(t.activation + from.value * block + next * t.activationStep, pixels,
                       t.activationStep);
      for (int h = 0; h < block; h += lanes)
        use(c * block + h, x, pixels, Column(t, c, from.value, source.value, h));
      from.next();
      source.next();
    });
  });
}

// Writes (or adds) such a row as [width][count][16]. Where one is written, the next will be.
template <bool Add>
__attribute__((noinline)) inline void termRow(const Term& term, const Pass& pass, int sampleBlock, int y,
                                              int first, int count, float* to) {
  eachTermColumn(term, pass, sampleBlock, y, first, count, Strips{term.view.of.width},
                 [&](int i, int x, auto pixels, const auto& column) {
                   for (int p = 0; p < pixels; ++p) {
                     float* at = to + (x + p) * count * block + i;
                     if (!Add && i % block == 0)
                       __builtin_prefetch(at + term.view.of.width * count * block, 1, 2);
                     store(at, Add ? load(at) + column(x + p) : column(x + p));
                   }
                 });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
