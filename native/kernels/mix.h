// The mix of a block's branches with its skip path, and the sum of gradients that flows back.
#pragma once

#include "moments.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

inline int64_t mixScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  return Moments::scratch(o.channels) +
         (o.count > 0 ? long(o.width) * o.channels * o.count * block : 0);
}

// y = skip + Σ αₙ Bₙ, one α for each band of rows, branch and sample (paper, section 2.1).
inline void mix(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  const int wide = o.channels * o.count;
  float* branches = worker.scratch + Moments::scratch(o.channels);
  Moments moments{};
  eachPiece(pass, worker, o.height, [&](const Piece& piece) {
    moments.start(worker.scratch, o.channels);
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = const_cast<float*>(
          rowOf(pass, o.to, o.channels, o.height, o.width, piece.sampleBlock, y));
      viewRow(o.skip, pass, piece.sampleBlock, y, 0, o.channels, row);
      if (o.count > 0) viewRow(o.branches, pass, piece.sampleBlock, y, 0, wide, branches);
      for (int n = 0; n < o.count; ++n) {
        const float* coefficient = pass.arena + o.coefficients +
                                   long(y * o.bands / o.height * o.count + n) * pass.samples +
                                   piece.sampleBlock * block;
        for (int h = 0; h < block; h += lanes) {
          const Vector alpha = load(coefficient + h);
          for (int x = 0; x < o.width; ++x)
            for (int c = 0; c < o.channels; ++c) {
              float* at = row + (x * o.channels + c) * block + h;
              store(at, load(at) + alpha * load(branches + (x * wide + n * o.channels + c) * block + h));
            }
        }
      }
      if (o.sums >= 0) moments.add(row, o.width);
    }
    const long values = long(piece.lastRow - piece.firstRow) * o.width;
    if (o.sums >= 0) moments.finish(pass.arena + o.sums, piece.index, values);
  });
}

// Adds what row y of an activation owes to the two subsampling paths that read it.
inline void addSubsampled(const Term& term, const Pass& pass, int sampleBlock, int y, float* row) {
  const View& view = term.view;
  const int stride = view.subsample, channels = view.channels;
  const int height = viewHeight(view), width = viewWidth(view);
  for (int shift = 0; shift < 2; ++shift) {
    const int from = (y + shift) / stride;
    if ((y + shift) % stride || from >= height) continue;
    const float* source =
        rowOf(pass, term.at, term.channels, height, width, sampleBlock, from);
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
  eachPiece(pass, worker, o.height, [&](const Piece& piece) {
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = const_cast<float*>(
          rowOf(pass, o.to, o.channels, o.height, o.width, piece.sampleBlock, y));
      bool first = true;
      for (int t = 0; t < o.terms; ++t) {
        if (terms[t].view.subsample) {
          if (first) clear(row, long(o.width) * o.channels * block);
          addSubsampled(terms[t], pass, piece.sampleBlock, y, row);
          first = false;
          continue;
        }
        const int wide = viewChannels(terms[t].view);
        for (int c = 0; c < wide; c += o.channels)
          if (first && c == 0)
            termRow<false>(terms[t], pass, piece.sampleBlock, y, c, o.channels, row);
          else
            termRow<true>(terms[t], pass, piece.sampleBlock, y, c, o.channels, row);
        first = false;
      }
    }
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE
