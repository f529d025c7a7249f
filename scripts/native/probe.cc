// What a compiler must take to build the native machine.
#include <concepts>
#include <thread>

static_assert(std::integral<int>);
