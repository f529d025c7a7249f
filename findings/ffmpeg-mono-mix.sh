#!/bin/sh
# ffmpeg 5.1: what -ac 1 makes of two channels that are alike depends on the format of the result: their mean in 16 bits,
# their sum divided by the root of 2, 3 dB more, in floats. Seen: `16 bits 1.000, floats 1.414`.
# shakelab takes the mean, whatever the file holds. Needs ffmpeg. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
quiet='-hide_banner -loglevel error'
ffmpeg $quiet -f lavfi -i sine=frequency=1000:sample_rate=16000:duration=0.5 -ac 2 -c:a pcm_s16le two.wav
ffmpeg $quiet -i two.wav -ac 1 -f s16le whole.raw
ffmpeg $quiet -i two.wav -ac 1 -f f32le float.raw
ffmpeg $quiet -i two.wav -af 'pan=mono|c0=c0' -f s16le left.raw
python3 - <<'PYTHON'
import array

def peak(name, code, scale):
    values = array.array(code, open(name, "rb").read())
    return max(values) / scale

left = peak("left.raw", "h", 32768)
whole, floats = peak("whole.raw", "h", 32768) / left, peak("float.raw", "f", 1) / left
print(f"16 bits {whole:.3f}, floats {floats:.3f}")
assert abs(whole - 1) < 0.01 and abs(floats - 2**0.5) < 0.01
PYTHON
