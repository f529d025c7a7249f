// Batch norm: from sums to the affine map that views apply, and back. All of it is small but
// `reduce`, which sums the gradients that no convolution's epilogue has summed.
#pragma once

#include "moments.h"
#include "rows.h"

namespace SHAKELAB_ISA_NAMESPACE {

inline double pieceSum(const float* sums, int pieces, int channels, int which, int channel) {
  double sum = 0;
  for (int p = 0; p < pieces; ++p) sum += sums[(long(p) * 2 + which) * channels + channel];
  return sum;
}

inline void affine(const NormRecord& record, const float* gamma, const float* beta,
                   const Pass& pass) {
  const Norm norm = openNorm(record, pass);
  for (int c = 0; c < record.channels * record.copies; ++c) {
    const int from = c % record.channels;
    norm.scale[c] = gamma[c] * norm.inverse[from];
    norm.shift[c] = beta[c] - norm.scale[c] * norm.mean[from];
  }
}

inline void updateRunning(float* running, double statistic, float momentum) {
  if (momentum != 0) *running = float((1 - double(momentum)) * *running + momentum * statistic);
}

// mean and 1 / √(var + ε) of the batch; running statistics move by the momentum (0: not at all),
// the variance unbiased; then scale = γ / σ, shift = β - scale mean for every copy.
inline void statistics(const int32_t* operands, const Pass& pass, const Worker& worker) {
  if (worker.part != 0) return;
  const auto& o = *reinterpret_cast<const StatisticsOperands*>(operands);
  const Norm norm = openNorm(o.norm, pass);
  const float momentum = pass.hyper[kStatisticsMomentum];
  for (int c = 0; c < o.norm.channels; ++c) {
    const Total total = totalMoments(pass.arena + o.sums, pass.samples, o.of, c);
    const double unbiased = total.variance * total.count / (total.count - 1);
    norm.mean[c] = float(total.mean);
    norm.inverse[c] = float(1 / __builtin_sqrt(total.variance + pass.hyper[kEpsilon]));
    updateRunning(pass.arena + o.runningMean + c, total.mean, momentum);
    updateRunning(pass.arena + o.runningVariance + c, unbiased, momentum);
  }
  affine(o.norm, pass.arena + o.gamma, pass.arena + o.beta, pass);
}

// The same affine map from the running statistics, for evaluation.
inline void normalise(const int32_t* operands, const Pass& pass, const Worker& worker) {
  if (worker.part != 0) return;
  const auto& o = *reinterpret_cast<const NormaliseOperands*>(operands);
  const Norm norm = openNorm(o.norm, pass);
  for (int c = 0; c < o.norm.channels; ++c) {
    const double variance = pass.arena[o.runningVariance + c];
    norm.mean[c] = pass.arena[o.runningMean + c];
    norm.inverse[c] = float(1 / __builtin_sqrt(variance + pass.hyper[kEpsilon]));
  }
  affine(o.norm, pass.arena + o.gamma, pass.arena + o.beta, pass);
}

// From Σ g and Σ g x̂: the gradients of γ and β, and dx = slope g + curve x + offset.
inline void normGradient(const int32_t* operands, const Pass& pass, const Worker& worker) {
  if (worker.part != 0) return;
  const auto& o = *reinterpret_cast<const NormGradientOperands*>(operands);
  const Norm norm = openNorm(o.norm, pass);
  const int channels = o.norm.channels, wide = channels * o.norm.copies;
  const int pieces = pass.samples / block * bandsOf(o.of.height);
  const double count = double(pass.samples) * o.of.height * o.of.width;
  for (int c = 0; c < wide; ++c) {
    const double sum = pieceSum(pass.arena + o.sums, pieces, wide, 0, c);
    const double product = pieceSum(pass.arena + o.sums, pieces, wide, 1, c);
    pass.arena[o.betaGradient + c] = float(sum);
    pass.arena[o.gammaGradient + c] = float(product);
    const double mean = norm.mean[c % channels], inverse = norm.inverse[c % channels];
    const double scale = pass.arena[o.gamma + c] * inverse;
    const double curve = -scale * inverse * product / count;
    norm.slope[c] = float(scale);
    norm.curve[c] = float(curve);
    norm.offset[c] = float(-scale * sum / count - curve * mean);
  }
}

}  // namespace SHAKELAB_ISA_NAMESPACE

namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION {

inline int64_t reduceScratch(const int32_t* operands) {
  const auto& o = *reinterpret_cast<const ReduceOperands*>(operands);
  return 2L * viewChannels(o.term.view) * block;
}

// Sums g and g x̂ of a term that reaches a batch norm through a mix or a stored view.
inline void reduce(const int32_t* operands, const Pass& pass, const Worker& worker) {
  const auto& o = *reinterpret_cast<const ReduceOperands*>(operands);
  const View& view = o.term.view;
  const Norm norm = normOf(view, pass);
  Sums sums{};
  eachPiece(pass, worker, view.of.height, [&](const Piece& piece) {
    sums.start(worker.scratch, viewChannels(view));
    for (int y = piece.firstRow; y < piece.lastRow; ++y)
      eachTermColumn(o.term, pass, piece.sampleBlock, y, 0, sums.channels, Strips{view.of.width},
                     [&](int at, int x, auto pixels, const auto& column) {
        const int c = at / block, h = at % block;
        const Vector inverse = broadcast(norm.inverse[c % view.of.channels]);
        const Vector centre = broadcast(-norm.mean[c % view.of.channels]) * inverse;
        float* to = sums.byLane + 2 * c * block + h;
        Vector sum = load(to), product = load(to + block);
        for (int p = 0; p < pixels; ++p) {
          const Vector value = column.value(x + p), g = column.past(x + p, value);
          sum += g;
          product += g * (value * inverse + centre);
        }
        store(to, sum);
        store(to + block, product);
      });
    sums.finish(pass.arena + o.sums, piece.index, 0, sums.channels);
  });
}

}  // namespace SHAKELAB_ISA_NAMESPACE::SHAKELAB_PRECISION
