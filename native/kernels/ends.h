// The two ends of the net: bytes in, pooled features out, their gradient back in.
#pragma once

#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// A sample's image as training sees it: cropped, mirrored, with a square cut out.
struct VariedImage {
  const uint8_t* bytes;
  const Augmentation& vary;
  int height, width;
  long pixels;

  VariedImage(const LoadOperands& o, const Pass& pass, int place)
      : vary(pass.augmentations[place]),
        height(o.to.height),
        width(o.to.width),
        pixels(long(o.to.height) * o.to.width) {
    bytes = pass.images + pass.indices[place] * o.to.channels * pixels;
  }

  // Hands channel c's pixels of row y to `give`(x, value), byte * scale + shift; 0 beyond the image's borders
  // and where it is cut out.
  template <class Give>
  void eachPixel(int y, int c, float scale, float shift, Give give) const {
    const int row = y + vary.down, down = y - vary.cutTop;
    const int moved = vary.mirrored ? vary.right : -vary.right;
    const bool inside = row >= 0 && row < height, cut = down >= 0 && down < vary.cutSize;
    const int first = inside ? within(0, moved, width) : width;
    const int last = within(first, width + moved, width);
    const int cutFirst = cut ? within(first, vary.cutLeft, last) : last;
    const int cutLast = cut ? within(cutFirst, vary.cutLeft + vary.cutSize, last) : last;
    // Pixel x shows the plane's `from` + x * `step`.
    const int step = vary.mirrored ? -1 : 1;
    const long from = long(row) * width + (vary.mirrored ? width - 1 + moved : -moved);
    const uint8_t* plane = bytes + c * pixels;
    for (int x = 0; x < width; x += cacheLine)
      __builtin_prefetch(plane + long(y) * width + x + 4 * cacheLine);
    int x = 0;
    bool shown = false;
    const int ends[] = {first, cutFirst, cutLast, last, width};
    for (int end : ends) {
      for (; x < end; ++x) give(x, shown ? float(plane[from + x * step]) * scale + shift : 0.0f);
      shown = !shown;
    }
  }

 private:
  static int within(int least, int value, int most) { return min(max(value, least), most); }
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
  const int channels = o.to.channels;
  const float* scale = pass.arena + o.affine;
  const float* shift = scale + channels;
  const float share = pass.hyper[kPartnerShare];
  const Draft draft{pass, o.to, 0, channels, worker.scratch};
  eachPiece(pass, worker, o.to.height, [&](const Piece& piece) {
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = draft.row(piece.sampleBlock, y);
      for (int s = 0; s < block; ++s) {
        const int place = (pass.firstBlock + piece.sampleBlock) * block + s;
        const VariedImage own(o, pass, place);
        for (int c = 0; c < channels; ++c) {
          const auto at = [&](int x) { return row + (x * channels + c) * block + s; };
          own.eachPixel(y, c, scale[c], shift[c], [&](int x, float value) { *at(x) = value; });
          if (share <= 0) continue;
          VariedImage(o, pass, own.vary.partner)
              .eachPixel(y, c, scale[c], shift[c], [&](int x, float value) {
                *at(x) = value * share + *at(x) * (1 - share);
              });
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
