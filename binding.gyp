# The native machine: one static library of kernels an instruction set, and the addon that links
# them all and picks one when it starts.
{
  "target_defaults": {
    "cflags_cc!": ["-std=gnu++17", "-std=gnu++20"],
    "cflags_cc": ["-std=c++20", "-Wall", "-Wextra", "-fvisibility=hidden"],
    "xcode_settings": {
      "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
      "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
      "MACOSX_DEPLOYMENT_TARGET": "11.0",
    },
    # Visual Studio's own compiler lacks the vector extensions the kernels are written in.
    "msbuild_toolset": "ClangCL",
    "msvs_settings": {"VCCLCompilerTool": {"AdditionalOptions": ["/std:c++20"]}},
  },
  "targets": [
    {
      "target_name": "shakelab",
      "sources": [
        "native/data/interpolate.cc",
        "native/data/shrink.cc",
        "native/machine/addon.cc",
        "native/machine/interpreter.cc",
        "native/machine/limits.cc",
        "native/machine/threadpool.cc",
      ],
      "dependencies": [
        "<!(node -p \"require('node-addon-api').targets\"):node_addon_api_except",
        "<@(kernel_targets)",
      ],
      "cflags_cc": ["-O3", "-pthread"],
      "ldflags": ["-pthread"],
    },
  ],
  "conditions": [
    ["target_arch=='x64'", {
      "variables": {"kernel_targets": ["kernels_avx512", "kernels_avx2", "kernels_baseline"]},
      "targets": [
        {
          "target_name": "kernels_avx512",
          "variables": {"isa_flags": ["-march=x86-64-v4", "-mprefer-vector-width=512"]},
          "defines": ["SHAKELAB_ISA_NAMESPACE=avx512", "SHAKELAB_LANES=16"],
          "includes": ["native/kernels.gypi"],
        },
        {
          "target_name": "kernels_avx2",
          "variables": {"isa_flags": ["-march=x86-64-v3"]},
          "defines": ["SHAKELAB_ISA_NAMESPACE=avx2", "SHAKELAB_LANES=8"],
          "includes": ["native/kernels.gypi"],
        },
        {
          "target_name": "kernels_baseline",
          "variables": {"isa_flags": ["-march=x86-64-v2"]},
          "defines": ["SHAKELAB_ISA_NAMESPACE=baseline", "SHAKELAB_LANES=4"],
          "includes": ["native/kernels.gypi"],
        },
      ],
    }],
    ["target_arch=='arm64'", {
      "variables": {"kernel_targets": ["kernels_neon"]},
      "targets": [
        {
          "target_name": "kernels_neon",
          "variables": {"isa_flags": []},
          "defines": ["SHAKELAB_ISA_NAMESPACE=neon", "SHAKELAB_LANES=4"],
          "includes": ["native/kernels.gypi"],
        },
      ],
    }],
  ],
}
