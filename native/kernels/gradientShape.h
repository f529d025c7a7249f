// What gradients of a convolution work on: a group's channels, and how much of them lies in scratch at a
// time.
#pragma once

#include "filter.h"
#include "pieces.h"
#include "winogradFilter.h"
#include "winogradLine.h"

namespace SHAKELAB_ISA_NAMESPACE {

// Floats of dy and of the view that a chunk holds: half a second-level cache.
constexpr int chunkFloats = 96 * 1024;

// Rows of a chunk that is transformed along its rows, at most.
constexpr int lineChunk = 8;

// One group of channels of a convolution, and how much of it lies in scratch at a time.
struct GradientShape {
  int in, out, length, reach, pad, kernel, stride;
  int height, width, dyHeight, dyWidth;
  int rows;                  // of dy in a chunk, apart from `pad` rows above and below
  int dyFloats, viewFloats;  // of a padded row, or of one transformed
  int winograd;
  bool whole;

  explicit GradientShape(const ConvGradientOperands& o)
      : pad(o.kernel / 2),
        kernel(o.kernel),
        stride(o.stride),
        height(viewHeight(o.view)),
        width(viewWidth(o.view)),
        dyHeight(o.term.view.of.height),
        dyWidth(o.term.view.of.width),
        winograd(o.winograd),
        whole(o.whole) {
    in = viewChannels(o.view) / o.groups, out = o.term.view.of.channels / o.groups;
    length = kernel * in, reach = kernel * length;
    const int padded = winograd ? tiles().sourcePixels() : dyWidth + 2 * pad;
    dyFloats = padded * out * block;
    viewFloats = (winograd ? padded : width + 2 * pad) * in * block;
    if (winograd == 1) dyFloats = lines().lineFloats(out), viewFloats = lines().lineFloats(in);
    // As many rows as fit, but enough pixels to be worth a tile's end.
    const int fitting = chunkFloats / (dyFloats + stride * viewFloats);
    rows = max(fitting, max(1, 64 / dyWidth));
    if (winograd == 2) rows = (rows + winogradOut - 1) / winogradOut * winogradOut;
    rows = min(dyHeight, rows);
    if (winograd == 1) rows = evenRows((dyHeight + bandsOf(height) - 1) / bandsOf(height), min(rows, lineChunk));
  }

  // Chunks of nearly equal size.
  static int evenRows(int all, int most) {
    const int chunks = (all + most - 1) / most;
    return (all + chunks - 1) / chunks;
  }

  // The input's gradient is a convolution of dy.
  WinogradShape tiles() const { return {out, in, width}; }
  LineShape lines() const { return {out, in, width}; }
  WinogradFilterShape filterTiles() const { return {in, out, dyWidth, rows}; }

  int viewRows(int dyRows) const {
    if (winograd == 1) return dyRows;
    if (winograd == 2) dyRows = (dyRows + winogradOut - 1) / winogradOut * winogradOut;
    return (dyRows - 1) * stride + max(kernel, stride);
  }
  // With Winograd's tiles a chunk's last row of tiles may reach three rows further.
  int dyRows() const { return rows + 2 * pad + (winograd == 2 ? winogradOut - 1 : 0); }
  long dyScratch() const { return long(dyRows()) * dyFloats; }
  long viewScratch() const { return long(viewRows(rows)) * viewFloats; }
  // Whether the direct filter sums have output channels in lanes. Then a row of dy is transposed, which makes
  // whole blocks of its channels, and the view moves on by `stride` pixels beside each of its pixels.
  bool turned() const { return !winograd && channelsInLanes(winograd, out, reach); }
  WinogradFilterShape turnedRow() const { return {stride * in, wholeBlocks(out), dyWidth, 1}; }
  long turnedFloats() const { return long(dyWidth) * wholeBlocks(out) * block; }
  long filterScratch() const {
    if (winograd == 2) return filterTiles().scratch();
    if (turned()) return turnedFloats() + long(reach) * wholeBlocks(out);
    return long(out) * (winograd ? winogradIn * winogradTaps * in : reach) * block;
  }
  long inputScratch() const {
    if (winograd == 2) return tiles().scratch();
    return winograd ? max(lines().lineFloats(in), winogradTaps * in * block) : 0;
  }
};

// A chunk of rows of one group in scratch: dy rows [first - pad, last + pad), view rows from `top`.
struct Chunk {
  const GradientShape& shape;
  float *dy, *view;
  int first, last, top;

  float* dyRow(int q) const { return dy + long(q - first + shape.pad) * shape.dyFloats; }
  float* viewRowAt(int y) const { return view + long(y - top) * shape.viewFloats; }
};

}  // namespace SHAKELAB_ISA_NAMESPACE
