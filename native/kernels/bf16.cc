// The same with activations in bfloat16. What both compile to the same code, such as tiles, is linked once.
#define SHAKELAB_PRECISION bf16
#include "kernels.h"
