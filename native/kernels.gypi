# What the kernel libraries of all instruction sets share. Each target sets isa_flags, the
# namespace its kernels live in (SHAKELAB_ISA_NAMESPACE) and the float lanes of its vector
# registers (SHAKELAB_LANES).
{
  "type": "static_library",
  "sources": ["kernels/isa.cc"],
  "variables": {
    "kernel_flags": [
      "-O3",
      "-fno-exceptions",
      "-fno-rtti",
      "-fno-math-errno",
      "-fno-trapping-math",
      "-fomit-frame-pointer",
      # -std=c++20 alone keeps g++ from fusing a multiplication with an addition.
      "-ffp-contract=fast",
    ],
  },
  "cflags!": ["-fno-omit-frame-pointer"],
  "cflags_cc": ["<@(kernel_flags)", "<@(isa_flags)"],
  "xcode_settings": {"OTHER_CPLUSPLUSFLAGS": ["<@(kernel_flags)", "<@(isa_flags)"]},
  "conditions": [
    # clang's driver for Windows takes its own flags behind a prefix.
    ["OS=='win'", {
      "variables": {
        "prefix": "flags.split(' ').map((flag) => '/clang:' + flag).join(' ')",
      },
      "msvs_settings": {
        "VCCLCompilerTool": {
          "AdditionalOptions": [
            "<!@(node -p \"const flags = '<(kernel_flags) <(isa_flags)'; <(prefix)\")",
          ],
        },
      },
    }],
  ],
}
