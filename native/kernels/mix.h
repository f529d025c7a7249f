// The mix of a block's branches with its skip path, and the sum of gradients that flows back.
#pragma once

#include "moments.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

// 0: the skip view alone is stored.
inline int branchesOf(const MixOperands& o) {
  return o.branches.of.slot < 0 ? 0 : o.coefficients.branches;
}

inline int64_t mixScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  return Moments::scratch(o.to.channels) + Draft::floats(o.to.width, o.to.channels);
}

// Adds the product of row y of a view and `alpha`, sixteen numbers, to a row, and that to the moments.
template <bool Summed>
inline void mixRow(const View& view, const Pass& pass, int sampleBlock, int y, int first, int channels,
                   const float* alpha, float* row, const Moments& moments) {
  const Strips strips{viewWidth(view)};
  const int step = channels * block;
  eachViewColumn(view, pass, sampleBlock, y, first, channels, strips,
                 [&](int i, int x, auto pixels, const auto& column) {
                   MomentSums sums = moments.sums(i);
                   const Vector share = load(alpha + i % block);
                   for (int p = 0; p < pixels; ++p) {
                     float* at = row + (x + p) * step + i;
                     const Vector value = load(at) + share * column(x + p);
                     store(at, value);
                     if (Summed) sums.add(value);
                   }
                   if (Summed) sums.close();
                 });
}

// y = skip + Σ αₙ Bₙ, one α for each band of rows, branch and sample (paper, section 2.1).
inline void mix(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const MixOperands*>(operands);
  const int channels = o.to.channels, height = o.to.height, width = o.to.width;
  const int count = branchesOf(o);
  const Draft draft{pass, o.to, 0, channels, worker.scratch + Moments::scratch(channels)};
  Moments moments{};
  eachPiece(pass, worker, height, [&](const Piece& piece) {
    moments.start(worker.scratch, channels);
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = draft.row(piece.sampleBlock, y);
      // The first row's are known when it is whole, and a draft's when it is stored.
      const bool summed = Draft::inPlace && o.sums >= 0 && count > 0 && y > piece.firstRow;
      viewRow(o.skip, pass, piece.sampleBlock, y, 0, channels, row);
      for (int n = 0; n < count; ++n) {
        const float* alpha = pass.arena + o.coefficients.slot +
                             long(y * o.coefficients.bands / height * count + n) * pass.samples +
                             (pass.firstBlock + piece.sampleBlock) * block;
        withFlag(summed && n == count - 1, [&](auto last) {
          mixRow<last.value>(o.branches, pass, piece.sampleBlock, y, n * channels, channels, alpha,
                             row, moments);
        });
      }
      draft.keep(piece.sampleBlock, y);
      if (o.sums >= 0 && !summed) moments.add(rowOf(pass, o.to, piece.sampleBlock, y), width);
    }
    const long values = long(piece.lastRow - piece.firstRow) * width;
    if (o.sums >= 0) moments.finish(pass.arena + o.sums, piece.index, values);
  });
}

// Clears a row and asks for the next one, which is to be written.
inline void clearAhead(float* row, long floats) {
  for (long i = 0; i < floats; i += block) {
    __builtin_prefetch(row + floats + i, 1, 2);
    for (int h = 0; h < block; h += lanes) store(row + i + h, Vector{});
  }
}

// Adds what row y of an activation owes to the two subsampling paths that read it, whose next rows are
// asked for meanwhile.
inline void addSubsampled(const Term& term, const Pass& pass, int sampleBlock, int y, float* row) {
  const View& view = term.view;
  const int stride = view.subsample, channels = view.of.channels;
  const int height = viewHeight(view), width = viewWidth(view);
  for (int shift = 0; shift < 2; ++shift) {
    const int from = (y + shift) / stride;
    if ((y + shift) % stride || from >= height) continue;
    const Number* source =
        rowOf(pass, term.gradient, term.channels, height, width, sampleBlock, from);
    for (int j = 0; j < width; ++j) {
      const int x = stride * j - shift;
      if (x < 0) continue;
      for (int i = 0; i < channels * block; i += block) {
        float* at = row + x * channels * block + i;
        const Number* g = source + (j * 2 + shift) * channels * block + i;
        __builtin_prefetch(g + 2L * width * channels * block, 0, 2);
        for (int h = 0; h < block; h += lanes) store(at + h, load(at + h) + load(g + h));
      }
    }
  }
}

inline int64_t accumulateScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const AccumulateOperands*>(operands);
  return Draft::floats(o.to.width, o.to.channels);
}

// Whether a term is in the sum already, but for what its norm's derivative subtracts (convGradient).
inline bool isInPlace(const Term& term, const AccumulateOperands& o) {
  return apart && term.gradient == o.to.slot;
}

// Adds curve · x + offset, those of all copies of a view's norm at once, to row y of a gradient.
inline void addNormTerms(const View& view, const Pass& pass, int sampleBlock, int y, float* row) {
  const Norm norm = normOf(view, pass);
  const int channels = view.of.channels, wide = channels * view.norm.copies, step = channels * block;
  const View activation{view.of, {-1, channels, 1}, 0, 0};
  eachViewColumn(activation, pass, sampleBlock, y, 0, channels, Strips{view.of.width},
                 [&](int at, int x, auto pixels, const auto& column) {
                   float curves = 0, offsets = 0;
                   for (int c = at / block; c < wide; c += channels)
                     curves += norm.curve[c], offsets += norm.offset[c];
                   const Vector curve = broadcast(curves), offset = broadcast(offsets);
                   for (int p = 0; p < pixels; ++p) {
                     float* to = row + (x + p) * step + at;
                     store(to, load(to) + (column(x + p) * curve + offset));
                   }
                 });
}

// dL/dx of a stored activation: the sum of its consumers' terms; a term with copies of the
// channels adds them all.
inline void accumulate(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const AccumulateOperands*>(operands);
  const Term* terms = reinterpret_cast<const Term*>(operands + sizeof(o) / sizeof(int32_t));
  const Draft draft{pass, o.to, 0, o.to.channels, worker.scratch};
  eachPiece(pass, worker, o.to.height, [&](const Piece& piece) {
    for (int y = piece.firstRow; y < piece.lastRow; ++y) {
      float* row = draft.row(piece.sampleBlock, y);
      bool first = true;
      for (int t = 0; t < o.terms; ++t) {
        if (isInPlace(terms[t], o)) {
          if (terms[t].view.norm.record >= 0) addNormTerms(terms[t].view, pass, piece.sampleBlock, y, row);
          first = false;
          continue;
        }
        if (terms[t].view.subsample) {
          if (first) clearAhead(row, long(o.to.width) * o.to.channels * block);
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
      draft.keep(piece.sampleBlock, y);
    }
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
