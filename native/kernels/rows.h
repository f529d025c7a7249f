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
inline void prefetchView(const View& view, const Pass& pass, int sampleBlock, int y) {
  const int row = view.subsample ? view.subsample * y : y;
  if (row < view.of.height)
    prefetchRow<0>(rowOf(pass, view.of, sampleBlock, row),
                   long(view.of.width) * view.of.channels * block);
}

// Visits a row in strips of a few pixels, channel by channel within a strip: what belongs to a
// channel is loaded once for the strip. Four suit rows in cache; one reads memory in order.
template <int Pixels> struct Strip { constexpr operator int() const { return Pixels; } };

template <int Pixels = 4, class Body>
inline void eachStrip(int width, int channels, Body body) {
  int x = 0;
  for (; x + Pixels <= width; x += Pixels)
    for (int c = 0; c < channels; ++c) body(c, x, Strip<Pixels>{});
  for (int c = 0; x < width && c < channels; ++c) body(c, x, width - x);
}

// A counter that starts at `first` and wraps around at `size`.
struct Wrapped {
  int value, size;
  Wrapped(int first, int wrap) : value(first % wrap), size(wrap) {}
  void next() { value = value + 1 == size ? 0 : value + 1; }
};

template <bool Affine, bool Relu>
inline void viewLoop(const View& view, const float* source, const Norm& norm, int first, int count,
                     float* to) {
  const int step = view.of.channels * block, toStep = count * block;
  Wrapped from(first, view.of.channels);
  eachStrip(view.of.width, count, [&](int c, int x, auto pixels) {
    if (c == 0) from = Wrapped(first, view.of.channels);
    const float* at = source + x * step + from.value * block;
    float* out = to + x * toStep + c * block;
    const Vector scale = broadcast(Affine ? norm.scale[first + c] : 1);
    const Vector shift = broadcast(Affine ? norm.shift[first + c] : 0);
    for (int p = 0; p < pixels; ++p)
      for (int h = 0; h < block; h += lanes) {
        Vector value = load(at + p * step + h);
        if (Affine) value = value * scale + shift;
        if (Relu) value = positive(value);
        store(out + p * toStep + h, value);
      }
    from.next();
  });
}

// Channels of the two shifted paths: [0, C) see source pixel stride * j, [C, 2C) see stride * j - 1,
// zero outside.
inline void subsampledRow(const View& view, const Pass& pass, int sampleBlock, int y, int first,
                          int count, float* to) {
  const int width = viewWidth(view);
  for (int c = 0; c < count; ++c) {
    const int shift = first + c >= view.of.channels ? 1 : 0;
    const int row = view.subsample * y - shift;
    const float* source = rowOf(pass, view.of, sampleBlock,
                                max(row, 0)) +
                          (first + c) % view.of.channels * block;
    for (int x = 0; x < width; ++x) {
      const int column = view.subsample * x - shift;
      for (int h = 0; h < block; h += lanes) {
        Vector value{};
        if (row >= 0 && column >= 0) value = load(source + column * view.of.channels * block + h);
        store(to + (x * count + c) * block + h, view.relu ? positive(value) : value);
      }
    }
  }
}

// Writes channels [first, first + count) of row y of a view as [width][count][16].
inline void viewRow(const View& view, const Pass& pass, int sampleBlock, int y, int first,
                    int count, float* to) {
  if (view.subsample) return subsampledRow(view, pass, sampleBlock, y, first, count, to);
  const float* source =
      rowOf(pass, view.of, sampleBlock, y);
  const Norm norm = normOf(view, pass);
  switch ((view.norm.record >= 0 ? 2 : 0) + (view.relu ? 1 : 0)) {
    case 0: return viewLoop<false, false>(view, source, norm, first, count, to);
    case 1: return viewLoop<false, true>(view, source, norm, first, count, to);
    case 2: return viewLoop<true, false>(view, source, norm, first, count, to);
    default: return viewLoop<true, true>(view, source, norm, first, count, to);
  }
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

// Visits every vector of channels [first, first + count): `body(c, x, h, g, value)` gets the
// gradient past the view's rectifier and the activation, `begin` and `end` frame a strip's channel.
template <bool Coefficient, bool Masked, int Pixels = 4, class Begin, class Body, class End>
inline void eachGradient(const TermRow& t, int width, int count, Begin begin, Body body, End end) {
  const int step = t.activationChannels * block;
  Wrapped from(t.first, t.activationChannels), source(t.first, t.gradientChannels);
  eachStrip<Pixels>(width, count, [&](int c, int x, auto pixels) {
    if (c == 0)
      from = Wrapped(t.first, from.size), source = Wrapped(t.first, source.size);
    const float* gradient = t.gradient + x * t.gradientStep + source.value * block;
    const float* activation = t.activation + x * step + from.value * block;
    const float* coefficient = t.coefficients + long((t.first + c) / source.size) * t.samples;
    const Vector scale = broadcast(Masked && t.norm.mean ? t.norm.scale[t.first + c] : 1);
    const Vector shift = broadcast(Masked && t.norm.mean ? t.norm.shift[t.first + c] : 0);
    for (int h = 0; h < block; h += lanes) {
      const Vector beta = Coefficient ? load(coefficient + h) : Vector{};
      auto state = begin(c, h);
      for (int p = 0; p < pixels; ++p) {
        Vector g = load(gradient + p * t.gradientStep + h);
        const Vector value = load(activation + p * step + h);
        if (Coefficient) g = g * beta;
        if (Masked) g = value * scale + shift > Vector{} ? g : Vector{};
        body(state, c, x + p, h, g, value);
      }
      end(state, c, h);
    }
    from.next();
    source.next();
  });
}

// Calls `use(coefficient, masked)` with compile-time flags.
template <bool Value> struct Flag { static constexpr bool value = Value; };

template <class Use>
inline void withFlags(const Term& term, Use use) {
  const bool masked = term.view.relu && term.kind != kStored;
  if (term.kind == kMixed) {
    if (masked) use(Flag<true>{}, Flag<true>{});
    else use(Flag<true>{}, Flag<false>{});
  } else if (masked) {
    use(Flag<false>{}, Flag<true>{});
  } else {
    use(Flag<false>{}, Flag<false>{});
  }
}

// Writes (or adds) channels [first, first + count) of row y of the gradient of the activation that
// a term's view reads, as [width][count][16].
template <bool Add>
inline void termRow(const Term& term, const Pass& pass, int sampleBlock, int y, int first,
                    int count, float* to) {
  const TermRow t(term, pass, sampleBlock, y, first);
  const int toStep = count * block;
  struct Numbers { Vector slope, curve, offset; };
  withFlags(term, [&](auto coefficient, auto masked) {
    constexpr bool c0 = decltype(coefficient)::value, m0 = decltype(masked)::value;
    if (term.view.norm.record >= 0)
      eachGradient<c0, m0>(
          t, term.view.of.width, count,
          [&](int c, int) {
            return Numbers{broadcast(t.norm.slope[first + c]), broadcast(t.norm.curve[first + c]),
                           broadcast(t.norm.offset[first + c])};
          },
          [&](const Numbers& n, int c, int x, int h, Vector g, Vector value) {
            float* at = to + x * toStep + c * block + h;
            const Vector dx = g * n.slope + (value * n.curve + n.offset);
            store(at, Add ? load(at) + dx : dx);
          },
          [](const Numbers&, int, int) {});
    else
      eachGradient<c0, m0>(
          t, term.view.of.width, count, [](int, int) { return 0; },
          [&](int, int c, int x, int h, Vector g, Vector) {
            float* at = to + x * toStep + c * block + h;
            store(at, Add ? load(at) + g : g);
          },
          [](int, int, int) {});
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
