// Mean and variance of a tensor's channels, gathered while its rows are written. Sums are taken of
// the distance to the piece's first pixel, so that a mean far from zero costs no digits; pieces are
// merged in double precision (Chan, Golub & LeVeque 1979).
#pragma once

#include "stored.h"

namespace SHAKELAB_ISA_NAMESPACE {

// A channel's sums of a piece, in registers while its values come by.
struct MomentSums {
  float* at;  // [first pixel, Σ (x - first), Σ (x - first)²][16]
  Vector first, sum, squares;

  explicit MomentSums(float* sums)
      : at(sums), first(load(at)), sum(load(at + block)), squares(load(at + 2 * block)) {}

  void add(Vector value) {
    const Vector distance = value - first;
    sum += distance;
    squares += distance * distance;
  }
  void close() const {
    store(at + block, sum);
    store(at + 2 * block, squares);
  }
};

// All pieces of a tensor of height × width pixels as one.
struct Total { double mean, variance, count; };

inline Total totalMoments(const float* moments, int samples, const Stored& of, int channel) {
  const int channels = of.channels, height = of.height, width = of.width;
  const int bands = bandsOf(height), pieces = samples / block * bands;
  const auto count = [&](int piece) {
    const int band = piece % bands;
    return double(height * (band + 1) / bands - height * band / bands) * width * block;
  };
  Total total{0, 0, double(samples) * height * width};
  for (int p = 0; p < pieces; ++p)
    total.mean += count(p) * moments[long(p) * 2 * channels + channel] / total.count;
  for (int p = 0; p < pieces; ++p) {
    const float* piece = moments + long(p) * 2 * channels + channel;
    const double offset = piece[0] - total.mean;
    total.variance += (piece[channels] + count(p) * offset * offset) / total.count;
  }
  return total;
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

struct Moments {
  float* byLane;  // [channels][first pixel, Σ (x - first), Σ (x - first)²][16]
  int channels;
  bool fresh;

  static long scratch(int channels) { return 3L * channels * block; }

  void start(float* scratch, int count) {
    byLane = scratch, channels = count, fresh = true;
    clear(byLane, Moments::scratch(channels));
  }

  // Those of the channel and the lanes at place `i` of a pixel.
  MomentSums sums(int i) const { return MomentSums(byLane + i / block * 3 * block + i % block); }

  // Adds a row as it is stored.
  __attribute__((noinline)) void add(const Number* row, int width) {
    const int step = channels * block;
    if (fresh) begin(row);
    eachStrip(width, channels, [&](int c, int x, auto pixels) {
      for (int h = 0; h < block; h += lanes) {
        MomentSums all = sums(c * block + h);
        for (int p = 0; p < pixels; ++p) all.add(load(row + (x + p) * step + c * block + h));
        all.close();
      }
    });
  }

  // moments[piece] = mean[channels], Σ (x - mean)²[channels], of `values` values a lane.
  __attribute__((noinline)) void finish(float* moments, int piece, long values) const {
    float* to = moments + long(piece) * 2 * channels;
    for (int c = 0; c < channels; ++c) {
      const float* at = byLane + c * 3 * block;
      double mean = 0, spread = 0;
      for (int i = 0; i < block; ++i) mean += (at[i] + at[block + i] / double(values)) / block;
      for (int i = 0; i < block; ++i) {
        const double sum = at[block + i];
        const double offset = at[i] + sum / values - mean;
        spread += at[2 * block + i] - sum * sum / values + values * offset * offset;
      }
      to[c] = float(mean);
      to[channels + c] = float(spread);
    }
  }

 private:
  void begin(const Number* row) {
    fresh = false;
    for (int c = 0; c < channels; ++c)
      for (int h = 0; h < block; h += lanes)
        store(byLane + c * 3 * block + h, load(row + c * block + h));
  }
};

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
