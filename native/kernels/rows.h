// Rows of views and of gradient terms: the one place where subsampling, batch norm, ReLU, mixing
// coefficients and their derivatives are applied, one cache-resident row at a time.
#pragma once

#include "operands.h"
#include "vector.h"

namespace SHAKELAB_ISA_NAMESPACE {

using namespace shakelab;

inline int viewChannels(const View& view) {
  return view.of.channels * view.norm.copies * (view.subsample ? 2 : 1);
}
inline int viewHeight(const View& view) {
  return view.subsample ? (view.of.height + view.subsample - 1) / view.subsample : view.of.height;
}
inline int viewWidth(const View& view) {
  return view.subsample ? (view.of.width + view.subsample - 1) / view.subsample : view.of.width;
}

// A fixed cut of the work into sample blocks and bands of rows, whatever the number of threads.
inline int bandsOf(int height) { return height >= kTallRows ? kTallBands : 1; }

struct Piece { int index, sampleBlock, firstRow, lastRow; };

template <class Body>
inline void eachPiece(const Pass& pass, const Worker& worker, int height, Body body) {
  const int bands = bandsOf(height);
  const int pieces = pass.blocks * bands;
  const int end = pieces * (worker.part + 1) / worker.parts;
  for (int i = pieces * worker.part / worker.parts; i < end; ++i) {
    const int band = i % bands;
    body(Piece{i, i / bands, height * band / bands, height * (band + 1) / bands});
  }
}

inline float* rowOf(const Pass& pass, int at, int channels, int height, int width, int sampleBlock,
                    int y) {
  return pass.activations + at + (long(sampleBlock) * height + y) * width * channels * block;
}
inline float* rowOf(const Pass& pass, const Stored& of, int sampleBlock, int y) {
  return rowOf(pass, of.slot, of.channels, of.height, of.width, sampleBlock, y);
}

// A batch norm's record, opened (src/program/operands.ts): per channel C mean and inverse deviation,
// per channel of C * copies scale and shift, and for the gradient dx = slope * g + curve * x + offset.
struct Norm {
  float *mean, *inverse, *scale, *shift, *slope, *curve, *offset;
};

inline Norm openNorm(const NormRecord& norm, const Pass& pass) {
  const auto at = [&](int number) {
    const int wide = max(0, number - kWideNumbers);
    return pass.arena + norm.record + (number - wide + wide * norm.copies) * norm.channels;
  };
  return {at(kMean),  at(kInverse), at(kScale), at(kShift),
          at(kSlope), at(kCurve),   at(kOffset)};
}

// The batch norm that a view applies; all null where it applies none.
inline Norm normOf(const View& view, const Pass& pass) {
  return view.norm.record < 0 ? Norm{} : openNorm(view.norm, pass);
}

// Asks for memory ahead of its use, while the tiles compute.
template <int Write>
inline void prefetchRow(const float* row, long floats) {
  for (long i = 0; i < floats; i += block) __builtin_prefetch(row + i, Write, 2);
}
// The same of some pixels. Requests in small handfuls between other work do more than a row's at once.
inline void prefetchPixels(const float* at, int pixels, int step) {
  for (int p = 0; p < pixels; ++p) __builtin_prefetch(at + p * step, 0, 2);
}
inline void prefetchView(const View& view, const Pass& pass, int sampleBlock, int y) {
  const int row = view.subsample ? view.subsample * y : y;
  if (row < view.of.height)
    prefetchRow<0>(rowOf(pass, view.of, sampleBlock, row),
                   long(view.of.width) * view.of.channels * block);
}

// Visits a row in strips of a few pixels, channel by channel within a strip: what belongs to a
// channel is loaded once for the strip.
template <int Pixels> struct Strip { constexpr operator int() const { return Pixels; } };

template <class Body>
inline void eachStrip(int width, int channels, Body body) {
  int x = 0;
  for (; x + 4 <= width; x += 4)
    for (int c = 0; c < channels; ++c) body(c, x, Strip<4>{});
  for (int c = 0; x < width && c < channels; ++c) body(c, x, width - x);
}

// How a row is walked: in such strips, or a span of its pixels as one, channel by channel.
struct Strips {
  int width;
  template <class Body>
  void each(int channels, Body body) const { eachStrip(width, channels, body); }
};
struct Span {
  int first, last;
  template <class Body>
  void each(int channels, Body body) const {
    for (int c = 0; c < channels; ++c) body(c, first, last - first);
  }
};

// Asks for a span of a row, [pixel][step], which is to be written: so many floats of each pixel.
inline void prefetchSpan(const float* row, Span span, long step, long floats) {
  for (int x = span.first; x < span.last; ++x) prefetchRow<1>(row + x * step, floats);
}

// A counter that starts at `first` and wraps around at `size`.
struct Wrapped {
  int value, size;
  Wrapped(int first, int wrap) : value(first % wrap), size(wrap) {}
  void next() { value = value + 1 == size ? 0 : value + 1; }
};

// A channel of a row of a view: its vectors by pixel, for a strip.
template <bool Affine, bool Relu>
struct ViewColumn {
  const float* at;
  long step;
  Vector scale, shift;

  Vector operator()(long x) const {
    Vector value = load(at + x * step);
    if (Affine) value = value * scale + shift;
    return Relu ? positive(value) : value;
  }
};

template <bool Affine, bool Relu, class Walk, class Use>
inline void viewColumns(const View& view, const float* source, const Norm& norm, int first, int count,
                        Walk walk, Use use) {
  Wrapped from(first, view.of.channels);
  walk.each(count, [&](int c, int x, auto pixels) {
    if (c == 0) from = Wrapped(first, from.size);
    const Vector scale = broadcast(Affine ? norm.scale[first + c] : 1);
    const Vector shift = broadcast(Affine ? norm.shift[first + c] : 0);
    const float* at = source + from.value * block;
    prefetchPixels(at + (x + view.of.width) * from.size * block, pixels, from.size * block);
    for (int h = 0; h < block; h += lanes)
      use(c * block + h, x, pixels,
          ViewColumn<Affine, Relu>{at + h, from.size * block, scale, shift});
    from.next();
  });
}

// A channel of the two shifted paths: [0, C) see source pixel stride * j, [C, 2C) see stride * j - 1,
// zero outside.
template <bool Relu>
struct PathColumn {
  const float* at;
  int step, stride, shift;
  bool outside;

  Vector operator()(int x) const {
    const int column = stride * x - shift;
    if (outside || column < 0) return Vector{};
    const Vector value = load(at + column * step);
    return Relu ? positive(value) : value;
  }
};

template <bool Relu, class Walk, class Use>
inline void pathColumns(const View& view, const Pass& pass, int sampleBlock, int y, int first,
                        int count, Walk walk, Use use) {
  walk.each(count, [&](int c, int x, auto pixels) {
    const int shift = first + c >= view.of.channels ? 1 : 0;
    const int row = view.subsample * y - shift;
    const float* source = rowOf(pass, view.of, sampleBlock, max(row, 0)) +
                          (first + c - shift * view.of.channels) * block;
    for (int h = 0; h < block; h += lanes)
      use(c * block + h, x, pixels,
          PathColumn<Relu>{source + h, view.of.channels * block, view.subsample, shift, row < 0});
  });
}

// Calls `use(at, x, pixels, column)` for channels [first, first + count) of row y of a view, as `walk`
// goes: for `pixels` pixels from x on, with where in a pixel [count][16] the column's vectors belong. The
// next row is asked for meanwhile.
template <class Walk, class Use>
__attribute__((flatten)) inline void eachViewColumn(const View& view, const Pass& pass, int sampleBlock,
                                                    int y, int first, int count, Walk walk, Use use) {
  if (view.subsample) {
    if (view.relu) pathColumns<true>(view, pass, sampleBlock, y, first, count, walk, use);
    else pathColumns<false>(view, pass, sampleBlock, y, first, count, walk, use);
    return;
  }
  const float* source = rowOf(pass, view.of, sampleBlock, y);
  const Norm norm = normOf(view, pass);
  switch ((view.norm.record >= 0 ? 2 : 0) + (view.relu ? 1 : 0)) {
    case 0: return viewColumns<false, false>(view, source, norm, first, count, walk, use);
    case 1: return viewColumns<false, true>(view, source, norm, first, count, walk, use);
    case 2: return viewColumns<true, false>(view, source, norm, first, count, walk, use);
    default: return viewColumns<true, true>(view, source, norm, first, count, walk, use);
  }
}

// Writes channels [first, first + count) of row y of a view as [width][count][16].
inline void viewRow(const View& view, const Pass& pass, int sampleBlock, int y, int first,
                    int count, float* to) {
  eachViewColumn(view, pass, sampleBlock, y, first, count, Strips{viewWidth(view)},
                 [&](int at, int x, auto pixels, const auto& column) {
                   float* strip = to + x * count * block + at;
                   for (int p = 0; p < pixels; ++p) store(strip + p * count * block, column(x + p));
                 });
}

// Row y of a gradient on its way: where it and the activation it belongs to are read.
struct TermRow {
  const float *gradient, *activation, *coefficients;
  int gradientStep, gradientChannels, activationChannels, samples, first;
  Norm norm;

  TermRow(const Term& term, const Pass& pass, int sampleBlock, int y, int firstChannel)
      : gradientChannels(term.channels),
        activationChannels(term.view.of.channels),
        samples(pass.samples),
        first(firstChannel) {
    const View& view = term.view;
    activation = rowOf(pass, view.of, sampleBlock, y);
    norm = normOf(view, pass);
    if (term.kind == kPooled) {
      gradient = pass.arena + term.gradient + long(sampleBlock) * term.channels * block;
      gradientStep = 0;
    } else {
      gradient = rowOf(pass, term.gradient, term.channels, view.of.height, view.of.width, sampleBlock, y);
      gradientStep = term.channels * block;
    }
    const Coefficients& mixing = term.coefficients;
    const int band = y * mixing.bands / view.of.height;
    coefficients = pass.arena + mixing.slot + long(band) * mixing.branches * pass.samples +
                   sampleBlock * block;
  }
};

// A channel of such a row, by pixel: `past` is the gradient past the view's rectifier, and the call
// what comes back through the batch norm.
template <bool Coefficient, bool Masked, bool Normed>
struct TermColumn {
  const float *gradient, *activation;
  long gradientStep, activationStep;
  Vector beta, scale, shift, slope, curve, offset;

  TermColumn(const TermRow& t, int c, int from, int source, int h)
      : gradient(t.gradient + source * block + h),
        activation(t.activation + from * block + h),
        gradientStep(t.gradientStep),
        activationStep(t.activationChannels * block) {
    const int channel = t.first + c;
    if (Coefficient) beta = load(t.coefficients + long(channel / t.gradientChannels) * t.samples + h);
    if (Masked) {
      scale = broadcast(t.norm.mean ? t.norm.scale[channel] : 1);
      shift = broadcast(t.norm.mean ? t.norm.shift[channel] : 0);
    }
    if (!Normed) return;
    slope = broadcast(t.norm.slope[channel]), curve = broadcast(t.norm.curve[channel]);
    offset = broadcast(t.norm.offset[channel]);
  }

  Vector value(long x) const { return load(activation + x * activationStep); }
  Vector past(long x, Vector value) const {
    Vector g = load(gradient + x * gradientStep);
    if (Coefficient) g = g * beta;
    if (Masked) g = value * scale + shift > Vector{} ? g : Vector{};
    return g;
  }
  Vector operator()(long x) const {
    const Vector value = Masked || Normed ? this->value(x) : Vector{};
    const Vector g = past(x, value);
    return Normed ? g * slope + (value * curve + offset) : g;
  }
};

// Calls `use(coefficient, masked, normed)` with compile-time flags.
template <bool Value> struct Flag { static constexpr bool value = Value; };

template <class Use>
inline void withFlag(bool value, Use use) {
  if (value) use(Flag<true>{});
  else use(Flag<false>{});
}

template <class Use>
inline void withFlags(const Term& term, Use use) {
  withFlag(term.kind == kMixed, [&](auto coefficient) {
    withFlag(term.view.relu && term.kind != kStored, [&](auto masked) {
      withFlag(term.view.norm.record >= 0, [&](auto normed) { use(coefficient, masked, normed); });
    });
  });
}

// Calls `use(at, x, pixels, column)` for channels [first, first + count) of row y of the gradient of
// the activation that a term's view reads, as eachViewColumn does, and asks for the next row.
template <class Walk, class Use>
__attribute__((flatten)) inline void eachTermColumn(const Term& term, const Pass& pass, int sampleBlock,
                                                    int y, int first, int count, Walk walk, Use use) {
  const TermRow t(term, pass, sampleBlock, y, first);
  withFlags(term, [&](auto coefficient, auto masked, auto normed) {
    using Column = TermColumn<coefficient.value, masked.value, normed.value>;
    Wrapped from(first, t.activationChannels), source(first, t.gradientChannels);
    walk.each(count, [&](int c, int x, auto pixels) {
      if (c == 0) from = Wrapped(first, from.size), source = Wrapped(first, source.size);
      const int next = x + term.view.of.width;
      prefetchPixels(t.gradient + source.value * block + next * t.gradientStep, pixels, t.gradientStep);
      if (masked.value || normed.value)
        prefetchPixels(t.activation + (from.value + next * from.size) * block, pixels, from.size * block);
      for (int h = 0; h < block; h += lanes)
        use(c * block + h, x, pixels, Column(t, c, from.value, source.value, h));
      from.next();
      source.next();
    });
  });
}

// Writes (or adds) such a row as [width][count][16]. Where one is written, the next will be.
template <bool Add>
inline void termRow(const Term& term, const Pass& pass, int sampleBlock, int y, int first,
                    int count, float* to) {
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

// Per-channel sums of a piece, lane by lane, written out as [piece][2][channels].
struct Sums {
  float* byLane;  // [channels][2][16]
  int channels;
  void start(float* scratch, int count) {
    byLane = scratch, channels = count;
    clear(byLane, long(channels) * 2 * block);
  }
  // The channels are those from `first` of `all`.
  void finish(float* sums, int piece, int first, int all) const {
    float* to = sums + long(piece) * 2 * all + first;
    for (int c = 0; c < channels; ++c) {
      to[c] = laneSum(byLane + c * 2 * block);
      to[all + c] = laneSum(byLane + (c * 2 + 1) * block);
    }
  }
};

}  // namespace SHAKELAB_ISA_NAMESPACE
