#include "shrink.h"

#include <cstddef>

#include "../machine/cpu.h"
#include "four.h"
#include "wide.h"

namespace shakelab {
namespace {

// Every pixel is read once, for the four new ones that are under way.
template <typename Lanes, int bands>
[[gnu::always_inline]] inline void shrinkBands(const Image& image, const Shares& across,
                                               double* out) {
  for (int y = 0; y < image.height; ++y) {
    const size_t first = static_cast<size_t>(y) * image.width + across.bounds[0];
    const uint8_t* pixel = image.values + first * bands;
    const double* share = across.weights;
    Lanes weights, sums[bands] = {};
    for (int segment = 1; segment < across.count; ++segment) {
      for (int left = across.bounds[segment] - across.bounds[segment - 1]; left > 0; --left) {
        load(weights, share);
        for (int band = 0; band < bands; ++band) addByte(sums[band], weights, pixel[band]);
        share += 4;
        pixel += bands;
      }
      for (Lanes& sum : sums) {
        const double done = shiftOut(sum);
        if (segment > 3) *out++ = done;
      }
    }
  }
}

template <int bands>
void shrinkAnywhere(const Image& image, const Shares& across, double* out) {
  shrinkBands<Four, bands>(image, across, out);
}

#if defined(__x86_64__)
template <int bands>
__attribute__((target("avx2"))) void shrinkWide(const Image& image, const Shares& across,
                                                double* out) {
  shrinkBands<Wide, bands>(image, across, out);
}
#else
template <int bands>
constexpr auto& shrinkWide = shrinkAnywhere<bands>;
#endif

}  // namespace

void shrinkRows(const Image& image, const Shares& across, double* narrow) {
  using Shrink = decltype(&shrinkAnywhere<1>);
  constexpr Shrink anywhere[] = {shrinkAnywhere<1>, shrinkAnywhere<2>, shrinkAnywhere<3>,
                                 shrinkAnywhere<4>};
  constexpr Shrink wide[] = {shrinkWide<1>, shrinkWide<2>, shrinkWide<3>, shrinkWide<4>};
  static const bool isWide = runsVersion3();
  (isWide ? wide : anywhere)[image.bands - 1](image, across, narrow);
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
