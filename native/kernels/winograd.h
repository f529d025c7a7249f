// Winograd's F(4×4, 3×3) (Lavin & Gray 2016): a 4×4 tile of outputs from a 6×6 tile of inputs with
// 36 products instead of 144. Transforms vectorise over samples like everything else, and the
// products are the direct convolution's register tiles, with tiles in the place of pixels.
#pragma once

#include "rows.h"
#include "tile.h"

namespace SHAKELAB_ISA_NAMESPACE {

constexpr int winogradPoints = shakelab::kWinogradPoints;
constexpr int winogradOut = 4;  // outputs a tile and dimension
constexpr int winogradIn = 6;
constexpr int winogradTaps = 3;

// From one point's matrix to the next: a vector more than it holds, so that the 36 values of a tile
// do not compete for one set of the caches.
constexpr long winogradSpread(long floats) { return floats + block; }

// Bᵀd in one dimension.
inline void inputTransform(const Vector* d, Vector* t) {
  const Vector even = d[4] - 4 * d[2], odd = d[3] - 4 * d[1];
  const Vector difference = d[4] - d[2], twice = 2 * (d[3] - d[1]);
  t[0] = 4 * d[0] - 5 * d[2] + d[4];
  t[1] = even + odd;
  t[2] = even - odd;
  t[3] = difference + twice;
  t[4] = difference - twice;
  t[5] = 4 * d[1] - 5 * d[3] + d[5];
}

// Aᵀm in one dimension.
inline void outputTransform(const Vector* m, Vector* o) {
  const Vector sum1 = m[1] + m[2], difference1 = m[1] - m[2];
  const Vector sum2 = m[3] + m[4], difference2 = m[3] - m[4];
  o[0] = m[0] + sum1 + sum2;
  o[1] = difference1 + 2 * difference2;
  o[2] = sum1 + 4 * sum2;
  o[3] = difference1 + 8 * difference2 + m[5];
}

// Gw in one dimension.
template <class Number>
inline void filterTransform(const Number* w, Number* u) {
  const Number outer = w[0] / 24 + w[2] / 6, sum = w[0] + w[2];
  u[0] = w[0] / 4;
  u[1] = -(sum + w[1]) / 6;
  u[2] = -(sum - w[1]) / 6;
  u[3] = outer + w[1] / 12;
  u[4] = outer - w[1] / 12;
  u[5] = w[2];
}

// Floats side by side that are transformed together, dimension by dimension: those of a vector keep a tile
// in 32 registers; 16 registers leave it to the first-level cache, for which more of them pay.
constexpr int winogradRun = lanes == 16 ? block : 4 * block;

// A transform of both dimensions of a tile, for at most a run of numbers: of its `In` rows, then of the columns
// that these become. `read` says where those of (y, x) from the i-th on lie, `write` takes each vector of the
// `Out`² results and where it belongs in them.
template <int In, int Out, class Transform, class Read, class Write>
__attribute__((always_inline)) inline void transformBoth(int floats, Transform transform, Read read,
                                                         Write write) {
  constexpr int most = winogradRun / lanes;
  const int vectors = most == 1 ? 1 : floats / lanes;
  Vector across[Out][In][most];
#pragma GCC unroll 6
  for (int y = 0; y < In; ++y)
    for (int v = 0; v < vectors; ++v) {
      Vector row[In], results[Out];
#pragma GCC unroll 6
      for (int x = 0; x < In; ++x) row[x] = load(read(y, x, v * lanes));
      transform(row, results);
#pragma GCC unroll 6
      for (int x = 0; x < Out; ++x) across[x][y][v] = results[x];
    }
#pragma GCC unroll 6
  for (int x = 0; x < Out; ++x)
    for (int v = 0; v < vectors; ++v) {
      Vector column[In], results[Out];
#pragma GCC unroll 6
      for (int y = 0; y < In; ++y) column[y] = across[x][y][v];
      transform(column, results);
#pragma GCC unroll 6
      for (int y = 0; y < Out; ++y) write(y, x, v * lanes, results[y]);
    }
}

// Calls `use` with where each run of `floats` numbers begins and how long it is. Tiles' transforms are functions of
// their own: with the loop around it g++ keeps a transform's 36 addresses on the stack.
template <class Use>
inline void eachRun(int floats, Use use) {
  for (int first = 0; first < floats; first += winogradRun)
    use(first, min(winogradRun, floats - first));
}

// U = G w Gᵀ of sixteen 3×3 filters side by side.
inline void winogradFilter(const float (*w)[block], float (*u)[block]) {
  transformBoth<winogradTaps, winogradIn>(
      block, filterTransform<Vector>, [&](int y, int x, int i) { return w[winogradTaps * y + x] + i; },
      [&](int y, int x, int i, Vector value) { store(u[winogradIn * y + x] + i, value); });
}

// Tiles whose points and products lie in scratch at a time, so few that the second-level cache keeps them
// beside the rows: as many as a register tile takes of them.
constexpr int chunkTiles = lanes == 16 ? 2 : 3;

// What a row of tiles works on: channels of one group, and a few tiles at a time.
struct WinogradShape {
  int in, out, width, tiles, chunk;

  WinogradShape(int inChannels, int outChannels, int outWidth)
      : in(inChannels), out(outChannels), width(outWidth) {
    tiles = (width + winogradOut - 1) / winogradOut;
    const int parts = (tiles + chunkTiles - 1) / chunkTiles;
    chunk = (tiles + parts - 1) / parts;
  }
  // Pixels of a padded source row, so that the last tile finds zeros behind the image.
  int sourcePixels() const { return tiles * winogradOut + 2; }
  long spreadIn() const { return winogradSpread(long(chunk) * in * block); }
  long spreadOut() const { return winogradSpread(long(chunk) * out * block); }
  long scratch() const { return winogradPoints * (spreadIn() + spreadOut()); }
};

// How a tile's channels [channel][16] lie in a point: vector by vector, each with all channels, or as they come.
struct PointOrder {
  long vectorStep, channelStep;
  // Where their i-th number is, the first of a vector.
  long at(int i) const { return i % block / lanes * vectorStep + i / block * channelStep; }
};
inline PointOrder byVector(int channels) { return {long(channels) * lanes, lanes}; }
constexpr PointOrder byChannel = {lanes, block};

// A run of a tile's channels, (y, x) from rows[y] + at + x * step on, to 36 points, `spread` floats apart.
__attribute__((noinline)) inline void transformTile(const float* const* rows, int at, int step,
                                                    int floats, float* to, long spread, PointOrder order) {
  transformBoth<winogradIn, winogradIn>(
      floats, inputTransform, [&](int y, int x, int i) { return rows[y] + at + x * step + i; },
      [&](int y, int x, int i, Vector value) {
        store(to + (y * winogradIn + x) * spread + order.at(i), value);
      });
}

// And back: 4×4 outputs, of which rows × columns lie inside the image.
__attribute__((noinline)) inline void restoreTile(const float* from, long spread, PointOrder order, int floats,
                                                  float* const* rows, int at, int step, int rowCount,
                                                  int columns) {
  transformBoth<winogradIn, winogradOut>(
      floats, outputTransform,
      [&](int y, int x, int i) { return from + (y * winogradIn + x) * spread + order.at(i); },
      [&](int y, int x, int i, Vector value) {
        if (y < rowCount && x < columns) store(rows[y] + at + x * step + i, value);
      });
}

// Floats of packed weights that are asked for before their turn, where channels in are so many that no nearer
// cache than the third holds all 36 matrices.
constexpr int weightsAhead = 1024;
constexpr int manyChannels = 128;

// Vectors in a register tile beside its channels, at most.
constexpr int pointVectors = tileSums / tileChannels;

// One point's products in register tiles of `Channels` neighbours among the output channels: each of a few vectors
// [channel][lanes], `step` floats apart, summed over `depth` channels in, whose weights lie `weightStep` apart.
template <int Channels, int Vectors>
__attribute__((noinline)) void pointTiles(int tiles, const float* from, long step, const float* w, long weightStep,
                                          int depth, float* to, long toStep) {
  for (; tiles > 0; --tiles, to += Channels * lanes) {
    const float* x = from;
    Vector sums[Channels][Vectors] = {};
    for (int i = 0; i < depth; ++i, x += lanes, w += weightStep) {
      if (Channels > 1 && depth >= manyChannels && i % block == 0)
        prefetchRow<0>(w + weightsAhead, block * Channels);
      addOuterProduct(sums, x, step, w);
    }
    storeTile(sums, to, toStep, lanes);
  }
}

// The products of a few vectors of one point, weights [tile of out][in][tile channel]; of what is left of the
// output channels one at a time.
template <int Vectors>
inline void pointVectorTiles(const WinogradShape& s, const float* x, const float* weights, float* to) {
  const long step = long(s.in) * lanes, toStep = long(s.out) * lanes;
  const int whole = s.out / tileChannels * tileChannels;
  pointTiles<tileChannels, Vectors>(s.out / tileChannels, x, step, weights, tileChannels, s.in, to, toStep);
  for (int c = whole, width; c < s.out; c += width) {
    width = tileWidth(c, s.out);
    for (int i = 0; i < width; ++i)
      pointTiles<1, Vectors>(1, x, step, weights + long(c) * s.in + i, width, s.in, to + (c + i) * lanes, toStep);
  }
}

// The products of one point: a few of its vectors at a time, which the first-level cache keeps beside all of the
// weights.
inline void pointProducts(const WinogradShape& s, int vectors, const float* x, const float* weights, float* to) {
  const int parts = (vectors + pointVectors - 1) / pointVectors;
  for (int part = 0, v = 0; part < parts; ++part) {
    const int next = vectors * (part + 1) / parts;
    withCount<pointVectors>(next - v, [&](auto count) {
      pointVectorTiles<count.value>(s, x + long(v) * s.in * lanes, weights, to + long(v) * s.out * lanes);
    });
    v = next;
  }
}

// A row of tiles: six padded source rows [pixel][in][16] make up to four output rows
// [pixel][step][16], which are asked for meanwhile where that is `asked`; weights packed as
// [36][tile of out][in][tile channel].
__attribute__((noinline)) inline void winogradRow(const WinogradShape& s, const float* const* source,
                                                  const float* weights, float* const* to, int rowCount,
                                                  int step, bool asked, float* scratch) {
  const int pixelIn = s.in * block, pixelOut = s.out * block;
  const long spreadIn = s.spreadIn(), spreadOut = s.spreadOut();
  const PointOrder orderIn = byVector(s.in), orderOut = byVector(s.out);
  float* products = scratch + winogradPoints * spreadIn;
  for (int first = 0; first < s.tiles; first += s.chunk) {
    const int count = min(s.chunk, s.tiles - first);
    const int left = first * winogradOut, right = min(s.width, left + count * winogradOut);
    for (int t = 0; t < count; ++t)
      eachRun(pixelIn, [&](int i, int floats) {
        transformTile(source, (left + t * winogradOut) * pixelIn + i, pixelIn, floats,
                      scratch + t * pixelIn + orderIn.at(i), spreadIn, orderIn);
      });
    for (int point = 0; point < winogradPoints; ++point) {
      // The memory of a tile's outputs is asked for, a pixel beside each of the last points.
      const int pixel = point + winogradOut * winogradOut - winogradPoints, y = pixel / winogradOut;
      for (int x = left + pixel % winogradOut; asked && pixel >= 0 && y < rowCount && x < right; x += winogradOut)
        prefetchRow<1>(to[y] + x * step, pixelOut);
      pointProducts(s, count * (block / lanes), scratch + point * spreadIn,
                    weights + point * winogradSpread(long(s.in) * s.out), products + point * spreadOut);
    }
    for (int t = 0; t < count; ++t) {
      const int x = left + t * winogradOut;
      eachRun(pixelOut, [&](int i, int floats) {
        restoreTile(products + t * pixelOut + orderOut.at(i), spreadOut, orderOut, floats, to, x * step + i,
                    step, rowCount, min(winogradOut, s.width - x));
      });
    }
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
