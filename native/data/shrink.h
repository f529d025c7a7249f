// Images of bytes made smaller, with the bits of their slow twin, src/data/image/resample.ts.
#pragma once

#include <cstdint>

namespace shakelab {

// Pixels of an image, [height][width][bands].
struct Image {
  const uint8_t* values;
  int height, width, bands;
};

// To which new columns an old one goes: to four neighbours at most. Those of segment s, which begins
// at bounds[s], go to the new columns s - 3 to s by the four weights of each.
struct Shares {
  const int32_t* bounds;
  int count;
  const double* weights;
};

// For every new row its first old one, how many, and their weights, `most` a row.
struct Taps {
  const int32_t *first, *count;
  const double* weights;
  int rows, most;
};

// [height][new width][bands], with nothing rounded; bands are 1 to 4.
void shrinkRows(const Image& image, const Shares& across, double* narrow);

// [old rows][row] to [new rows][row], which is all 0 before.
void shrinkColumns(const double* narrow, int row, const Taps& down, double* out);

}  // namespace shakelab
