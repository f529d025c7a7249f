"""Makes testkit/fixtures/sounds: a sound in every encoding that ffmpeg and libsndfile write, with what they decode.

    python testkit/makeSounds.py        (numpy, soundfile; ffmpeg on the path)

Values are ffmpeg's, of the channels' mean at full scale 1; where libsndfile reads a file too, the two must agree
within three steps of 16 bits. Of ADPCM and Vorbis they are libsndfile's: ffmpeg rounds otherwise, up to 2e-3 apart, and does not end where the
last granule says. MP3 and Opus are compared with ffmpeg alone.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import soundfile

folder = Path(__file__).parent / "fixtures" / "sounds"
rate, length = 8000, 801
time = np.arange(length) / rate
left = 0.5 * np.sin(2 * np.pi * 440 * time) * np.hanning(length)
right = 0.3 * np.sin(2 * np.pi * 1000 * time)
stereo = np.stack([left, right], 1)
source = folder / "source.wav"

ffmpeg = {
    "pcm_u8.wav": ["-c:a", "pcm_u8"],
    "pcm_s16le.wav": ["-c:a", "pcm_s16le"],
    "pcm_s24le.wav": ["-c:a", "pcm_s24le"],
    "pcm_s32le.wav": ["-c:a", "pcm_s32le"],
    "pcm_f32le.wav": ["-c:a", "pcm_f32le"],
    "pcm_f64le.wav": ["-c:a", "pcm_f64le"],
    "alaw.wav": ["-c:a", "pcm_alaw"],
    "mulaw.wav": ["-c:a", "pcm_mulaw"],
    "ima.wav": ["-c:a", "adpcm_ima_wav"],
    "ms.wav": ["-c:a", "adpcm_ms"],
    "rf64.wav": ["-c:a", "pcm_s16le", "-rf64", "always"],
    "sony.w64": ["-c:a", "pcm_s24le"],
    "twos.aiff": ["-c:a", "pcm_s16be"],
    "sowt.aiff": ["-c:a", "pcm_s16le"],
    "flac.flac": ["-c:a", "flac"],
    "vorbis.ogg": ["-c:a", "libvorbis"],
    "opus.opus": ["-c:a", "libopus"],
    "mp3.mp3": ["-c:a", "libmp3lame"],
}
sndfile = {
    "sf_wavex24.wav": ("WAVEX", "PCM_24"),
    "sf_wavex_float.wav": ("WAVEX", "FLOAT"),
    "sf_w64_double.w64": ("W64", "DOUBLE"),
    "sf_rf64_32.wav": ("RF64", "PCM_32"),
    "sf_ms.wav": ("WAV", "MS_ADPCM"),
    "sf_ima.wav": ("WAV", "IMA_ADPCM"),
    "sf_aiff_float.aiff": ("AIFF", "FLOAT"),
    "sf_aiff_u8.aiff": ("AIFF", "PCM_U8"),
    "sf_aiff_ulaw.aiff": ("AIFF", "ULAW"),
    "sf_flac24.flac": ("FLAC", "PCM_24"),
}


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def decoded(path):
    """ffmpeg's samples of a file, [frames][channels]."""
    probe = run("ffprobe", "-v", "error", "-show_entries", "stream=channels", "-of", "csv=p=0", str(path))
    raw = run("ffmpeg", "-v", "error", "-i", str(path), "-f", "f64le", "-c:a", "pcm_f64le", "-")
    return np.frombuffer(raw, "<f8").reshape(-1, int(probe))


def adpcm(path):
    return "ima" in path.name or "ms" in path.name


def agreed(path, samples):
    if path.suffix in (".mp3", ".opus", ".ogg") or adpcm(path):
        return
    try:
        other, _ = soundfile.read(path, always_2d=True)
    except soundfile.LibsndfileError:
        return
    assert other.shape == samples.shape, (path.name, other.shape, samples.shape)
    assert np.abs(other - samples).max() < 3 / 2**15, path.name


folder.mkdir(parents=True, exist_ok=True)
soundfile.write(source, stereo, rate, "PCM_24")
for name, codec in ffmpeg.items():
    bits = ["-bitexact", "-fflags", "+bitexact", "-map_metadata", "-1"]
    run("ffmpeg", "-v", "error", "-y", "-i", str(source), *codec, *bits, str(folder / name))
for name, (kind, subtype) in sndfile.items():
    soundfile.write(folder / name, stereo, rate, subtype, format=kind)
piped = run("ffmpeg", "-v", "error", "-i", str(source), "-bitexact", "-f", "wav", "-c:a", "pcm_s16le", "-")
(folder / "piped.wav").write_bytes(piped)
odd = run("ffmpeg", "-v", "error", "-i", str(source), "-bitexact", "-ac", "1", "-f", "wav", "-c:a", "pcm_u8", "-")
(folder / "odd_u8.wav").write_bytes(odd)

values = {}
for path in sorted(folder.glob("*.*")):
    if path.name in ("source.wav", "values.json"):
        continue
    samples = decoded(path)
    agreed(path, samples)
    if adpcm(path) or path.suffix == ".ogg":
        samples, _ = soundfile.read(path, always_2d=True)
    mono = samples.mean(1)
    places = np.linspace(0, len(mono) - 1, 24).astype(int)
    values[path.name] = {
        "count": len(mono),
        "rms": float(np.sqrt((mono**2).mean())),
        "places": places.tolist(),
        "samples": [round(float(mono[p]), 7) for p in places],
    }
source.unlink()
lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in values.items()]
(folder / "values.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
