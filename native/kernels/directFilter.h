// The direct sums of a filter's gradient over the rows of a chunk.
#pragma once

#include "gradientShape.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Floats of a chunk that the tiles of filter sums pass over one after the other. A tile of 16 registers
// loads more than the second-level cache gives, so its rows must stay in the first.
constexpr int passFloats = lanes == 16 ? chunkFloats : 4 * 1024;

// Adds rows [first, last) of dy to byLane[co][ky][kx][ci][16] = Σ dy[co][q] v[ci][stride q + k].
inline void addFilterRows(const Chunk& chunk, int first, int last, float* byLane) {
  const GradientShape& s = chunk.shape;
  const float* dy = chunk.dyRow(first) + s.pad * s.out * block;
  const float* view = chunk.viewRowAt(first * s.stride - s.pad);
  for (int k = 0; k < s.kernel; ++k)
    for (int f = 0; f < s.length; f += filterInputs)
      for (int c = 0; c < s.out; c += filterChannels) {
        const FilterBand band{dy + c * block,
                              view + long(k) * s.viewFloats + f * block,
                              last - first,
                              s.dyWidth,
                              s.out * block,
                              s.dyFloats,
                              s.stride * s.in * block,
                              s.stride * s.viewFloats};
        filterTileOf(min(filterChannels, s.out - c), min(filterInputs, s.length - f), band,
                     byLane + (long(c) * s.reach + k * s.length + f) * block, s.reach);
      }
}

// Adds a chunk's, a few rows at a time.
inline void addFilter(const Chunk& chunk, float* byLane) {
  const GradientShape& s = chunk.shape;
  const int step = max(1, passFloats / (s.dyFloats + s.stride * s.viewFloats));
  for (int first = chunk.first; first < chunk.last; first += step)
    addFilterRows(chunk, first, min(first + step, chunk.last), byLane);
}

// Transposes a pixel of so many channels, up to sixteen: [channel][sample] to [sample][16], zero beyond them.
inline void turn(const float* from, int channels, float* to) {
  float square[block * block] __attribute__((aligned(64)));
  if (channels < block) {
    clear(square + channels * block, (block - channels) * block);
    __builtin_memcpy(square, from, sizeof(float) * channels * block);
  }
  transpose(channels < block ? square : from, to);
}

// Adds a chunk's to sums[ky][kx][ci][co], behind a row of dy that is transposed, with whole blocks of output channels.
__attribute__((noinline)) inline void addTurned(const Chunk& chunk, float* scratch) {
  const GradientShape& s = chunk.shape;
  const WinogradFilterShape row = s.turnedRow();
  float* const sums = scratch + s.turnedFloats();
  for (int q = chunk.first; q < chunk.last; ++q) {
    const float* dy = chunk.dyRow(q) + s.pad * s.out * block;
    for (int x = 0; x < s.dyWidth; ++x)
      for (int c = 0; c < s.out; c += block)
        turn(dy + (x * s.out + c) * block, s.out - c, scratch + (x * row.out + c) * block);
    for (int k = 0; k < s.kernel; ++k)
      makeProducts(row, s.length, s.dyWidth, chunk.viewRowAt(q * s.stride - s.pad + k), scratch, true,
                   sums + long(k) * s.length * row.out);
  }
}

// Such sums without what fills up blocks: [ky][kx][ci][co].
inline void keepTurned(const GradientShape& s, const float* scratch, float* partial) {
  const int padded = wholeBlocks(s.out);
  const float* sums = scratch + s.turnedFloats();
  for (int f = 0; f < s.reach; ++f)
    __builtin_memcpy(partial + long(f) * s.out, sums + long(f) * padded, sizeof(float) * s.out);
}

}  // namespace SHAKELAB_ISA_NAMESPACE
