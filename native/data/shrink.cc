#include "shrink.h"

#include <cstddef>

#include "four.h"

namespace shakelab {
namespace {

// Every pixel is read once, for the four new ones that are under way.
template <int bands>
void shrinkBands(const Image& image, const Shares& across, double* out) {
  for (int y = 0; y < image.height; ++y) {
    const size_t first = static_cast<size_t>(y) * image.width + across.bounds[0];
    const uint8_t* pixel = image.values + first * bands;
    const double* share = across.weights;
    Four sums[bands] = {};
    for (int segment = 1; segment < across.count; ++segment) {
      for (int left = across.bounds[segment] - across.bounds[segment - 1]; left > 0; --left) {
        const Four weights = loadFour(share);
        for (int band = 0; band < bands; ++band) {
          const Pair value = Pair{} + static_cast<double>(pixel[band]);
          addProduct(sums[band], weights, {value, value});
        }
        share += 4;
        pixel += bands;
      }
      for (auto& [low, high] : sums) {
        if (segment > 3) *out++ = low[0];
        low = Pair{low[1], high[0]};
        high = Pair{high[1], 0};
      }
    }
  }
}

}  // namespace

void shrinkRows(const Image& image, const Shares& across, double* narrow) {
  constexpr decltype(&shrinkBands<1>) byBands[] = {shrinkBands<1>, shrinkBands<2>, shrinkBands<3>,
                                                   shrinkBands<4>};
  byBands[image.bands - 1](image, across, narrow);
}

void shrinkColumns(const double* narrow, int row, const Taps& down, double* out) {
  for (int y = 0; y < down.rows; ++y, out += row) {
    for (int tap = 0; tap < down.count[y]; ++tap) {
      const double weight = down.weights[static_cast<size_t>(y) * down.most + tap];
      const double* from = narrow + static_cast<size_t>(down.first[y] + tap) * row;
      for (int at = 0; at < row; ++at) {
        const double product = weight * from[at];
        out[at] += product;
      }
    }
  }
}

}  // namespace shakelab
