// The gradient of a 3×3 filter in Winograd's domain: dW = Gᵀ [Σ (A dY Aᵀ) ⊙ (Bᵀ d B)] G over tiles
// and samples. The transformed dY are transposed so that lanes hold output channels: then a tile of
// input channels × output channels stays in registers over tiles and samples, nothing to fold.
#pragma once

#include "winograd.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A y in one dimension: four numbers to six, the transpose of outputTransform.
inline void gradientTransform(const Vector* y, Vector* z) {
  const Vector even = y[0] + y[2], odd = y[1] + y[3];
  const Vector far = y[0] + 4 * y[2], wide = 2 * y[1] + 8 * y[3];
  z[0] = y[0];
  z[1] = even + odd;
  z[2] = even - odd;
  z[3] = far + wide;
  z[4] = far - wide;
  z[5] = y[3];
}

// Gᵀ p in one dimension: six numbers to three, the transpose of filterTransform.
inline void filterRestore(const Vector* p, Vector* w) {
  const Vector sum1 = p[1] + p[2], difference1 = p[1] - p[2];
  const Vector sum2 = p[3] + p[4], difference2 = p[3] - p[4];
  w[0] = p[0] / 4 - sum1 / 6 + sum2 / 24;
  w[1] = difference2 / 12 - difference1 / 6;
  w[2] = sum2 / 6 - sum1 / 6 + p[5];
}

// Swaps, for every row with bit Width clear, its upper lanes with the lower lanes of the row Width
// further on; all widths together transpose.
template <int Width>
inline void swapLanes(Vector* rows) {
  if constexpr (Width > 0) {
    Mask low{}, high{};
    for (int i = 0; i < lanes; ++i) {
      low[i] = i & Width ? lanes + i - Width : i;
      high[i] = i & Width ? lanes + i : i + Width;
    }
#pragma GCC unroll 16
    for (int i = 0; i < lanes; ++i)
      if (!(i & Width)) {
        const Vector a = rows[i], b = rows[i + Width];
        rows[i] = shuffle(a, b, low);
        rows[i + Width] = shuffle(a, b, high);
      }
    swapLanes<Width / 2>(rows);
  }
}

// Transposes sixteen rows of sixteen.
inline void transpose(const float* from, float* to) {
  for (int row = 0; row < block; row += lanes)
    for (int column = 0; column < block; column += lanes) {
      Vector rows[lanes];
#pragma GCC unroll 16
      for (int i = 0; i < lanes; ++i) rows[i] = load(from + (row + i) * block + column);
      swapLanes<lanes / 2>(rows);
#pragma GCC unroll 16
      for (int i = 0; i < lanes; ++i) store(to + (column + i) * block + row, rows[i]);
    }
}

// A run of squares, [4][4][256] to 36 points, `spread` floats apart.
__attribute__((noinline)) inline void transformGradientRun(const float* squares, int floats, float* to,
                                                           long spread) {
  transformBoth<winogradOut, winogradIn>(
      floats, gradientTransform,
      [&](int y, int x, int i) { return squares + (y * winogradOut + x) * block * block + i; },
      [&](int y, int x, int i, Vector value) {
        store(to + (y * winogradIn + x) * spread + i, value);
      });
}

// One 4×4 tile of dY of sixteen channels, cut to rowCount × columns: transposed by pixel, which are fewer than
// points.
inline void transformGradientTile(const float* const* rows, int at, int step, int rowCount,
                                  int columns, float* to, long spread) {
  float squares[winogradOut][winogradOut][block * block] __attribute__((aligned(64)));
  for (int y = 0; y < winogradOut; ++y)
    for (int x = 0; x < winogradOut; ++x) {
      if (y < rowCount && x < columns) transpose(rows[y] + at + x * step, squares[y][x]);
      else clear(squares[y][x], block * block);
    }
  eachRun(block * block, [&](int i, int floats) {
    transformGradientRun(squares[0][0] + i, floats, to + i, spread);
  });
}

// Tiles at a time: few, or their points leave the second-level cache.
constexpr int filterTiles = 4;

struct WinogradFilterShape {
  int in, out, width, tileColumns, chunk;

  WinogradFilterShape(int inChannels, int outChannels, int outWidth, int rows)
      : in(inChannels), out(outChannels), width(outWidth) {
    tileColumns = (width + winogradOut - 1) / winogradOut;
    const int tiles = tileColumns * ((rows + winogradOut - 1) / winogradOut);
    chunk = min(tiles, filterTiles);
  }
  long viewSpread() const { return winogradSpread(long(chunk) * in * block); }
  long gradientSpread() const { return winogradSpread(long(chunk) * out * block); }
  long productSpread() const { return winogradSpread(long(in) * out); }
  long productFloats() const { return winogradPoints * productSpread(); }
  long tileFloats() const { return winogradPoints * (viewSpread() + gradientSpread()); }
  long scratch() const { return tileFloats() + productFloats(); }
  // [36][ci][co], behind the tiles.
  float* products(float* scratch) const { return scratch + tileFloats(); }
};

// A tile of sums has whole blocks of output channels: one, and 16 registers hold no more beside six
// inputs (two with vectors of four); 32 hold three beside eight.
constexpr int blockVectors = block / lanes;
constexpr int productInputs = lanes == 16 ? 8 : lanes == 8 ? 6 : 2;
// A single vector of output channels wants more inputs, or its sums wait for each other.
constexpr int narrowInputs = lanes == 16 ? 16 : productInputs;

// Where sums begin that are not added to others.
alignas(cacheLine) constexpr float noSums[(lanes == 16 ? 3 : 1) * block] = {};

// products[ci][co] = Σ over tiles and samples of view[tile][ci][sample] dy[tile][co/16][sample][16], added to
// what is there or begun. Those of the next inputs are asked for: of wide groups, whose tiles are the largest, they
// fill no nearer cache than the third.
template <int Inputs, int Vectors>
inline void productTile(const WinogradFilterShape& s, int tiles, const float* view, const float* dy,
                        bool add, float* products) {
  const float* from = add ? products : noSums;
  const long fromStep = add ? s.out : 0;
  constexpr bool ahead = Inputs == productInputs || Inputs + 1 == productInputs;
  Vector sums[Inputs][Vectors];
#pragma GCC unroll 16
  for (int i = 0; i < Inputs; ++i) {
    if (ahead) prefetchRow<1>(products + (Inputs + i) * s.out, Vectors * lanes);
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) sums[i][v] = load(from + i * fromStep + v * lanes);
  }
  for (int t = 0; t < tiles; ++t)
    for (int sample = 0; sample < block; ++sample) {
      const float* x = view + long(t) * s.in * block + sample;
      Vector g[Vectors];
#pragma GCC unroll 4
      for (int v = 0; v < Vectors; ++v)
        g[v] = load(dy + long(t) * s.out * block + v * lanes / block * block * block +
                    sample * block + v * lanes % block);
#pragma GCC unroll 16
      for (int i = 0; i < Inputs; ++i) {
        const Vector value = broadcast(x[i * block]);
#pragma GCC unroll 4
        for (int v = 0; v < Vectors; ++v) sums[i][v] += value * g[v];
      }
    }
#pragma GCC unroll 16
  for (int i = 0; i < Inputs; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < Vectors; ++v) store(products + i * s.out + v * lanes, sums[i][v]);
}

template <int Inputs>
inline void productRow(const WinogradFilterShape& s, int tiles, const float* view, const float* dy,
                       bool add, float* products) {
  constexpr bool wide = lanes == 16 && Inputs <= productInputs;
  for (int co = 0; co < s.out;) {
    const float* at = dy + long(co) * block;
    const int left = (s.out - co) / block;
    // Four go as two and two: a single one would wait for its own sums.
    const int blocks = !wide ? 1 : left == 4 ? 2 : min(3, left);
    if (blocks == 1) productTile<Inputs, blockVectors>(s, tiles, view, at, add, products + co);
    if constexpr (wide) {
      if (blocks == 2) productTile<Inputs, 2>(s, tiles, view, at, add, products + co);
      if (blocks == 3) productTile<Inputs, 3>(s, tiles, view, at, add, products + co);
    }
    co += blocks * block;
  }
}

template <int Inputs = narrowInputs>
inline void productRowOf(int inputs, const WinogradFilterShape& s, int tiles, const float* view,
                         const float* dy, bool add, float* products) {
  if (inputs == Inputs) return productRow<Inputs>(s, tiles, view, dy, add, products);
  if constexpr (Inputs > 1) productRowOf<Inputs - 1>(inputs, s, tiles, view, dy, add, products);
}

// The products of so many inputs from `view` on, cut into tiles of nearly equal size, added to those that are there or
// begun. Not inlined, since it is most of the code.
__attribute__((noinline)) inline void makeProducts(const WinogradFilterShape& s, int inputs, int tiles,
                                                   const float* view, const float* dy, bool add,
                                                   float* products) {
  const int most = s.out == block ? narrowInputs : productInputs;
  const int parts = (inputs + most - 1) / most;
  for (int part = 0, ci = 0; part < parts; ++part) {
    const int next = inputs * (part + 1) / parts;
    productRowOf(next - ci, s, tiles, view + ci * block, dy, add, products + long(ci) * s.out);
    ci = next;
  }
}

// The tiles of a chunk of rows, added to those of others or the first; `view` rows begin one above the first row
// of dy.
inline void addWinogradFilter(const WinogradFilterShape& s, const float* dy, int dyFloats,
                              const float* view, int viewFloats, int rows, bool add, float* scratch) {
  const int pixelIn = s.in * block;
  float* const views = scratch;
  const long viewSpread = s.viewSpread(), dySpread = s.gradientSpread();
  float* const gradients = views + winogradPoints * viewSpread;
  float* const products = s.products(scratch);
  const int tiles = s.tileColumns * ((rows + winogradOut - 1) / winogradOut);
  for (int first = 0; first < tiles; first += s.chunk) {
    const int count = min(s.chunk, tiles - first);
    for (int t = 0; t < count; ++t) {
      const int y = (first + t) / s.tileColumns * winogradOut;
      const int x = (first + t) % s.tileColumns * winogradOut;
      const float* source[winogradIn];
      for (int i = 0; i < winogradIn; ++i) source[i] = view + long(y + i) * viewFloats;
      eachRun(pixelIn, [&](int i, int floats) {
        transformTile(source, x * pixelIn + i, pixelIn, floats, views + t * pixelIn + i, viewSpread, byChannel);
      });
      const float* gradient[winogradOut];
      for (int i = 0; i < winogradOut; ++i) gradient[i] = dy + long(y + i) * dyFloats;
      for (int c = 0; c < s.out; c += block)
        transformGradientTile(gradient, (x * s.out + c) * block, s.out * block, rows - y,
                              s.width - x, gradients + long(t * s.out + c) * block, dySpread);
    }
    for (int point = 0; point < winogradPoints; ++point)
      makeProducts(s, s.in, count, views + point * viewSpread, gradients + point * dySpread,
                   add || first > 0, products + point * s.productSpread());
  }
}

// Runs of products that are asked for before their turn.
constexpr int runsAhead = 4;

// partial[ky][kx][ci][co] = Gᵀ products G.
__attribute__((noinline)) inline void restoreFilter(const WinogradFilterShape& s, const float* products,
                                                    float* partial) {
  const long size = long(s.in) * s.out, spread = s.productSpread();
  eachRun(size, [&](int first, int floats) {
    for (int point = 0; point < winogradPoints; ++point)
      prefetchRow<0>(products + point * spread + first + runsAhead * winogradRun, floats);
    transformBoth<winogradIn, winogradTaps>(
        floats, filterRestore,
        [&](int y, int x, int i) { return products + (y * winogradIn + x) * spread + first + i; },
        [&](int y, int x, int i, Vector value) {
          store(partial + (y * winogradTaps + x) * size + first + i, value);
        });
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE
