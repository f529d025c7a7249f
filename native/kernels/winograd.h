// Winograd's F(4×4, 3×3) (Lavin & Gray 2016): a 4×4 tile of outputs from a 6×6 tile of inputs with
// 36 products instead of 144. Transforms vectorise over samples like everything else, and the
// products are the direct convolution's register tiles, with tiles in the place of pixels.
#pragma once

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

// A transform of both dimensions of a tile: of its `In` rows, then of the columns that these become.
// `read` gives the vector at (y, x), `write` takes each of the `Out`² results.
template <int In, int Out, typename Transform, typename Read, typename Write>
__attribute__((always_inline)) inline void transformBoth(Transform transform, Read read,
                                                         Write write) {
  Vector across[In][Out];
#pragma GCC unroll 6
  for (int y = 0; y < In; ++y) {
    Vector row[In];
#pragma GCC unroll 6
    for (int x = 0; x < In; ++x) row[x] = read(y, x);
    transform(row, across[y]);
  }
#pragma GCC unroll 6
  for (int x = 0; x < Out; ++x) {
    Vector column[In], results[Out];
#pragma GCC unroll 6
    for (int y = 0; y < In; ++y) column[y] = across[y][x];
    transform(column, results);
#pragma GCC unroll 6
    for (int y = 0; y < Out; ++y) write(y, x, results[y]);
  }
}

// U = G w Gᵀ of sixteen 3×3 filters side by side.
inline void winogradFilter(const float (*w)[block], float (*u)[block]) {
  for (int h = 0; h < block; h += lanes)
    transformBoth<winogradTaps, winogradIn>(
        filterTransform<Vector>, [&](int y, int x) { return load(w[winogradTaps * y + x] + h); },
        [&](int y, int x, Vector value) { store(u[winogradIn * y + x] + h, value); });
}

// What a row of tiles works on: channels of one group, and tiles that fit the second-level cache.
struct WinogradShape {
  int in, out, width, tiles, chunk;

  WinogradShape(int inChannels, int outChannels, int outWidth)
      : in(inChannels), out(outChannels), width(outWidth) {
    tiles = (width + winogradOut - 1) / winogradOut;
    const int fitting = 192 * 1024 / (winogradPoints * (in + out) * block);  // floats
    const int parts = (tiles + max(3, fitting) - 1) / max(3, fitting);
    chunk = (tiles + parts - 1) / parts;
  }
  // Pixels of a padded source row, so that the last tile finds zeros behind the image.
  int sourcePixels() const { return tiles * winogradOut + 2; }
  long spreadIn() const { return winogradSpread(long(chunk) * in * block); }
  long spreadOut() const { return winogradSpread(long(chunk) * out * block); }
  long scratch() const { return winogradPoints * (spreadIn() + spreadOut()); }
};

// One tile of one channel: 36 transformed vectors, `spread` floats apart.
inline void transformTile(const float* const* rows, int at, int step, float* to, long spread) {
  for (int h = 0; h < block; h += lanes)
    transformBoth<winogradIn, winogradIn>(
        inputTransform, [&](int y, int x) { return load(rows[y] + at + x * step + h); },
        [&](int y, int x, Vector value) { store(to + (y * winogradIn + x) * spread + h, value); });
}

// One tile of one channel back: 4×4 outputs, of which rows × columns lie inside the image.
inline void restoreTile(const float* from, long spread, float* const* rows, int at, int step,
                        int rowCount, int columns) {
  for (int h = 0; h < block; h += lanes)
    transformBoth<winogradIn, winogradOut>(
        outputTransform,
        [&](int y, int x) { return load(from + (y * winogradIn + x) * spread + h); },
        [&](int y, int x, Vector value) {
          if (y < rowCount && x < columns) store(rows[y] + at + x * step + h, value);
        });
}

// A row of tiles: six padded source rows [pixel][in][16] make up to four output rows
// [pixel][step][16]; weights packed as [36][tile of out][in][tile channel].
inline void winogradRow(const WinogradShape& s, const float* const* source, const float* weights,
                        float* const* to, int rowCount, int step, float* scratch) {
  const long spreadIn = s.spreadIn(), spreadOut = s.spreadOut();
  float* products = scratch + winogradPoints * spreadIn;
  for (int first = 0; first < s.tiles; first += s.chunk) {
    const int count = min(s.chunk, s.tiles - first);
    for (int t = 0; t < count; ++t)
      for (int c = 0; c < s.in; ++c)
        transformTile(source, ((first + t) * winogradOut * s.in + c) * block, s.in * block,
                      scratch + long(t * s.in + c) * block, spreadIn);
    for (int point = 0; point < winogradPoints; ++point)
      for (int c = 0, tile; c < s.out; c += tile) {
        tile = tileWidth(c, s.out);
        const Segment segment{scratch + point * spreadIn,
                              weights + point * winogradSpread(long(s.in) * s.out) + long(c) * s.in};
        tileRow(tile, count, &segment, 1, s.in, s.in * block,
                products + point * spreadOut + c * block, s.out * block);
      }
    for (int t = 0; t < count; ++t) {
      const int x = (first + t) * winogradOut;
      for (int c = 0; c < s.out; ++c)
        restoreTile(products + long(t * s.out + c) * block, spreadOut, to,
                    x * step + c * block, step, rowCount, min(winogradOut, s.width - x));
    }
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE
