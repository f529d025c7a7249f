// The two ends of the net: bytes in, pooled features out, their gradient back in.
#pragma once

#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Gathers images [count][C][H][W] of bytes by index and normalises: x = byte * scale + shift.
// Each is cropped and mirrored as its augmentation says; beyond its borders x is 0.
inline void loadImages(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const LoadOperands*>(operands);
  const float* scale = pass.arena + o.affine;
  const float* shift = scale + o.channels;
  const long pixels = long(o.height) * o.width;
  eachPiece(pass, worker, o.height, [&](const Piece& piece) {
    for (int s = 0; s < block; ++s) {
      const long sample = pass.indices[piece.sampleBlock * block + s];
      const uint8_t* image = pass.images + sample * o.channels * pixels;
      const Augmentation& vary = pass.augmentations[piece.sampleBlock * block + s];
      const int start = vary.right + (vary.mirrored ? o.width - 1 : 0);
      const int direction = vary.mirrored ? -1 : 1;
      for (int y = piece.firstRow; y < piece.lastRow; ++y) {
        float* row = const_cast<float*>(
            rowOf(pass, o.to, o.channels, o.height, o.width, piece.sampleBlock, y));
        const int from = y + vary.down;
        for (int c = 0; c < o.channels; ++c)
          for (int x = 0; x < o.width; ++x) {
            const int at = start + direction * x;
            const bool inside = from >= 0 && from < o.height && at >= 0 && at < o.width;
            row[(x * o.channels + c) * block + s] =
                inside ? float(image[c * pixels + long(from) * o.width + at]) * scale[c] + shift[c]
                       : 0.0f;
          }
      }
    }
  });
}

inline int64_t poolScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const PoolOperands*>(operands);
  return long(viewWidth(o.view) + 1) * viewChannels(o.view) * block;
}

// features[sample][c]: the mean of the view over its pixels.
inline void pool(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const PoolOperands*>(operands);
  const int channels = viewChannels(o.view), height = viewHeight(o.view);
  const int width = viewWidth(o.view);
  float* sums = worker.scratch;
  float* row = sums + channels * block;
  const int blocks = pass.samples / block;
  for (int b = blocks * worker.part / worker.parts; b < blocks * (worker.part + 1) / worker.parts;
       ++b) {
    clear(sums, channels * block);
    for (int y = 0; y < height; ++y) {
      viewRow(o.view, pass, b, y, 0, channels, row);
      for (int x = 0; x < width; ++x)
        for (int i = 0; i < channels * block; i += lanes)
          store(sums + i, load(sums + i) + load(row + x * channels * block + i));
    }
    for (int c = 0; c < channels; ++c)
      for (int s = 0; s < block; ++s)
        pass.arena[o.to + (long(b) * block + s) * channels + c] =
            sums[c * block + s] / float(height * width);
  }
}

// From features' gradients [sample][c] to what each pixel gets, [N/16][C][16].
inline void poolGradient(const int32_t* operands, const Pass& pass, const Worker& worker) {
  if (worker.part != 0) return;
  const auto& o = *reinterpret_cast<const PoolGradientOperands*>(operands);
  for (int sample = 0; sample < pass.samples; ++sample)
    for (int c = 0; c < o.channels; ++c)
      pass.arena[o.to + (long(sample / block) * o.channels + c) * block + sample % block] =
          pass.arena[o.from + long(sample) * o.channels + c] / float(o.height * o.width);
}

}  // namespace SHAKELAB_ISA_NAMESPACE
