import { basename } from 'node:path';
import { folderName, folderPath, folderTitle, namesFolder } from '../data/names.ts';
import type { RunConfig } from '../runs/fields.ts';

/** A config as it leaves: files and folders by their own names, without where they lie on this machine. */
export const portable = (config: RunConfig): RunConfig => ({
  ...config,
  dataset: namesFolder(config.dataset)
    ? folderName(folderTitle(folderPath(config.dataset)))
    : config.dataset,
  init: config.init === null ? null : basename(config.init),
});
