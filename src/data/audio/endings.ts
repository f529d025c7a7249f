/** Endings of the sound files that are read, in small letters. */
export const soundEndings = [
  ...['.wav', '.wave', '.w64', '.rf64', '.aif', '.aiff', '.aifc'],
  ...['.flac', '.mp3', '.ogg', '.oga', '.opus'],
];
