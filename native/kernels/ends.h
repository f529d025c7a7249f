// The two ends of the net: bytes in, pooled features out, their gradient back in.
#pragma once

#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// A sample's image as training sees it: cropped, mirrored, with a square cut out.
struct VariedImage {
  const uint8_t* bytes;
  const Augmentation& vary;
  int height, width;

  VariedImage(const LoadOperands& o, const Pass& pass, int place)
      : bytes(pass.images + long(pass.indices[place]) * o.to.channels * o.to.height * o.to.width),
        vary(pass.augmentations[place]),
        height(o.to.height),
        width(o.to.width) {}

  // Where pixel (y, x) comes from in the image's plane; -1 where it is 0.
  int source(int y, int x) const {
    const int row = y + vary.down;
    const int column = (vary.mirrored ? width - 1 - x : x) + vary.right;
    const bool inside = row >= 0 && row < height && column >= 0 && column < width;
    const int down = y - vary.cutTop, right = x - vary.cutLeft;
    const bool cut = down >= 0 && down < vary.cutSize && right >= 0 && right < vary.cutSize;
    return inside && !cut ? row * width + column : -1;
  }
};

inline int64_t loadScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const LoadOperands*>(operands);
  return Draft::floats(o.to.width, o.to.channels);
}

// Gathers images [count][C][H][W] of bytes by index and normalises: x = byte * scale + shift,
// 0 beyond an image's borders and where it is cut out. With a partner's share λ, what comes out
// is (1 - λ) times the sample plus λ times its partner, each varied in its own way.
inline void load(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const LoadOperands*>(operands);
  const float* scale = pass.arena + o.affine;
  const float* shift = scale + o.to.channels;
  const long pixels = long(o.to.height) * o.to.width;
  const float share = pass.hyper[kPartnerShare];
  const Draft draft{pass, o.to, 0, o.to.channels, worker.scratch};
  eachPiece(pass, worker, o.to.height, [&](const Piece& piece) {
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = draft.row(piece.sampleBlock, y);
      for (int s = 0; s < block; ++s) {
        const int place = (pass.firstBlock + piece.sampleBlock) * block + s;
        const VariedImage own(o, pass, place);
        const VariedImage partner(o, pass, share > 0 ? own.vary.partner : place);
        const auto value = [&](const VariedImage& image, int at, int c) {
          return at < 0 ? 0.0f : float(image.bytes[c * pixels + at]) * scale[c] + shift[c];
        };
        for (int x = 0; x < o.to.width; ++x) {
          const int at = own.source(y, x);
          const int partnerAt = share > 0 ? partner.source(y, x) : -1;
          for (int c = 0; c < o.to.channels; ++c) {
            float& to = row[(x * o.to.channels + c) * block + s];
            to = value(own, at, c);
            if (share > 0) to = to * (1 - share) + value(partner, partnerAt, c) * share;
          }
        }
      }
      draft.keep(piece.sampleBlock, y);
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
  const int last = pass.blocks * (worker.part + 1) / worker.parts;
  for (int b = pass.blocks * worker.part / worker.parts; b < last; ++b) {
    clear(sums, channels * block);
    for (int y = 0; y < height; ++y) {
      viewRow(o.view, pass, b, y, 0, channels, row);
      for (int x = 0; x < width; ++x)
        for (int i = 0; i < channels * block; i += lanes)
          store(sums + i, load(sums + i) + load(row + x * channels * block + i));
    }
    for (int c = 0; c < channels; ++c)
      for (int s = 0; s < block; ++s)
        pass.arena[o.to + (long(pass.firstBlock + b) * block + s) * channels + c] =
            sums[c * block + s] / float(height * width);
  }
}

inline int64_t poolGradientScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const PoolGradientOperands*>(operands);
  return Draft::floats(1, o.shape.channels);
}

// From features' gradients [sample][c] to what each pixel gets, [N/16][C][16].
inline void poolGradient(const int32_t* operands, const Pass& pass, const Worker& worker) {
  if (worker.part != 0) return;
  const auto& o = *reinterpret_cast<const PoolGradientOperands*>(operands);
  const int channels = o.shape.channels, height = o.shape.height, width = o.shape.width;
  const Stored to{o.to, channels, 1, 1};
  const Draft draft{pass, to, 0, channels, worker.scratch};
  for (int b = 0; b < pass.samples / block; ++b) {
    float* row = draft.row(b, 0);
    for (int s = 0; s < block; ++s)
      for (int c = 0; c < channels; ++c)
        row[c * block + s] = pass.arena[o.from + (long(b) * block + s) * channels + c] /
                             float(height * width);
    draft.keep(b, 0);
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
