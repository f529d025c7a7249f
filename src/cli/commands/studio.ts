import { command, type FlagsOf } from '../command.ts';
import { data, port, textOr, untoggle } from '../flags.ts';

const host = 'address to listen at; beyond this machine $SHAKELAB_PASSWORD is asked for';

const flags = {
  port: port('port to listen at; a free one if it is taken, or for 0', 4242),
  host: textOr('address', host, '127.0.0.1'),
  open: untoggle('print the address, open no browser'),
  data,
};

export type StudioFlags = FlagsOf<typeof flags>;

export const studio = command({
  usage: 'studio [folder]',
  summary: 'watch, compare and start runs in a browser',
  flags,
  examples: ['shakelab studio', 'shakelab studio runs/mnist --port 8080 --no-open'],
  run: async (flags, folder = 'runs') => (await import('../studio.ts')).studio(folder, flags),
});
