// Dropout: a view with its values masked. Backward it is the same map of the gradient.
#pragma once

#include "moments.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// MurmurHash3's finaliser (Appleby 2011), as in src/random/hash.ts.
inline Words scramble(Words words) {
  words = (words ^ (words >> 16)) * 0x85ebca6bu;
  words = (words ^ (words >> 13)) * 0xc2b2ae35u;
  return words ^ (words >> 16);
}

// Which values are kept: those whose place [sample][c][y][x] in the batch hashes to the threshold
// or more.
struct DropoutMask {
  uint32_t key[2], threshold, sampleSize;

  Words words(uint32_t place) const {
    Words index{};
    for (int i = 0; i < lanes; ++i) index[i] = place + i * sampleSize;
    return scramble(scramble(index ^ key[0]) ^ key[1]);
  }
};

inline int64_t dropoutScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const DropoutOperands*>(operands);
  const int channels = viewChannels(o.view);
  return Moments::scratch(channels) + Draft::floats(viewWidth(o.view), channels);
}

// y = view / (1 - rate) where the mask keeps it, else 0; and the moments for a batch norm after it.
inline void dropout(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const DropoutOperands*>(operands);
  const int channels = viewChannels(o.view);
  const int height = viewHeight(o.view), width = viewWidth(o.view);
  DropoutMask mask{{}, uint32_t(o.rate), uint32_t(channels) * height * width};
  __builtin_memcpy(mask.key, pass.arena + o.key, sizeof mask.key);
  const Vector scale = broadcast(float(0x1p32 / (0x1p32 - mask.threshold)));
  const Draft draft{pass, o.to, 0, channels, worker.scratch + Moments::scratch(channels)};
  Moments moments{};
  eachPiece(pass, worker, height, [&](const Piece& piece) {
    moments.start(worker.scratch, channels);
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = draft.row(piece.sampleBlock, y);
      viewRow(o.view, pass, piece.sampleBlock, y, 0, channels, row);
      for (int x = 0; x < width; ++x)
        for (int c = 0; c < channels; ++c)
          for (int h = 0; h < block; h += lanes) {
            float* at = row + (x * channels + c) * block + h;
            const uint32_t place = (piece.sampleBlock * block + h) * mask.sampleSize +
                                   (uint32_t(c) * height + y) * width + x;
            store(at, mask.words(place) >= mask.threshold ? load(at) * scale : Vector{});
          }
      draft.keep(piece.sampleBlock, y);
      if (o.sums >= 0) moments.add(rowOf(pass, o.to, piece.sampleBlock, y), width);
    }
    const long values = long(piece.lastRow - piece.firstRow) * width;
    if (o.sums >= 0) moments.finish(pass.arena + o.sums, piece.index, values);
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
