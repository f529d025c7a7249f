// The mix of a block's branches with its skip path, and the sum of gradients that flows back.
#pragma once

#include "moments.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

// 0: the skip view alone is stored.
inline int branchesOf(const MixOperands& o) {
  return o.branches.of.slot < 0 ? 0 : o.coefficients.branches;
}

inline int64_t mixScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  return Moments::scratch(o.to.channels) + long(o.to.width) * o.to.channels * branchesOf(o) * block;
}

// y = skip + Σ αₙ Bₙ, one α for each band of rows, branch and sample (paper, section 2.1).
inline void mix(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  const int channels = o.to.channels, height = o.to.height, width = o.to.width;
  const int count = branchesOf(o), wide = channels * count;
  float* branches = worker.scratch + Moments::scratch(channels);
  Moments moments{};
  eachPiece(pass, worker, height, [&](const Piece& piece) {
    moments.start(worker.scratch, channels);
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = rowOf(pass, o.to, piece.sampleBlock, y);
      viewRow(o.skip, pass, piece.sampleBlock, y, 0, channels, row);
      if (count > 0) viewRow(o.branches, pass, piece.sampleBlock, y, 0, wide, branches);
      for (int n = 0; n < count; ++n) {
        const float* coefficient = pass.arena + o.coefficients.slot +
                                   long(y * o.coefficients.bands / height * count + n) * pass.samples +
                                   (pass.firstBlock + piece.sampleBlock) * block;
        for (int h = 0; h < block; h += lanes) {
          const Vector alpha = load(coefficient + h);
          for (int x = 0; x < width; ++x)
            for (int c = 0; c < channels; ++c) {
              float* at = row + (x * channels + c) * block + h;
              store(at, load(at) + alpha * load(branches + (x * wide + n * channels + c) * block + h));
            }
        }
      }
      if (o.sums >= 0) moments.add(row, width);
    }
    const long values = long(piece.lastRow - piece.firstRow) * width;
    if (o.sums >= 0) moments.finish(pass.arena + o.sums, piece.index, values);
  });
}

// Adds what row y of an activation owes to the two subsampling paths that read it.
inline void addSubsampled(const Term& term, const Pass& pass, int sampleBlock, int y, float* row) {
  const View& view = term.view;
  const int stride = view.subsample, channels = view.of.channels;
  const int height = viewHeight(view), width = viewWidth(view);
  for (int shift = 0; shift < 2; ++shift) {
    const int from = (y + shift) / stride;
    if ((y + shift) % stride || from >= height) continue;
    const float* source =
        rowOf(pass, term.gradient, term.channels, height, width, sampleBlock, from);
    for (int j = 0; j < width; ++j) {
      const int x = stride * j - shift;
      if (x < 0) continue;
      for (int i = 0; i < channels * block; i += lanes) {
        float* at = row + x * channels * block + i;
        store(at, load(at) + load(source + (j * 2 + shift) * channels * block + i));
      }
    }
  }
}

// dL/dx of a stored activation: the sum of its consumers' terms; a term with copies of the
// channels adds them all.
inline void accumulate(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const AccumulateOperands*>(operands);
  const Term* terms = reinterpret_cast<const Term*>(operands + sizeof(o) / sizeof(int32_t));
  eachPiece(pass, worker, o.to.height, [&](const Piece& piece) {
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = rowOf(pass, o.to, piece.sampleBlock, y);
      bool first = true;
      for (int t = 0; t < o.terms; ++t) {
        if (terms[t].view.subsample) {
          if (first) clear(row, long(o.to.width) * o.to.channels * block);
          addSubsampled(terms[t], pass, piece.sampleBlock, y, row);
          first = false;
          continue;
        }
        const int wide = viewChannels(terms[t].view);
        for (int c = 0; c < wide; c += o.to.channels)
          if (first && c == 0)
            termRow<false>(terms[t], pass, piece.sampleBlock, y, c, o.to.channels, row);
          else
            termRow<true>(terms[t], pass, piece.sampleBlock, y, c, o.to.channels, row);
        first = false;
      }
    }
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE
