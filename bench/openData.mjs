// Opens a data set as it is built, in a process of its own, and prints the most memory that this held and
// the bytes of the images; without a path what an empty process holds. `memory.ts` asks it.
import { argv, memoryUsage, resourceUsage, stdout } from 'node:process';
import { openDataset } from '../dist/data/datasets.js';

const { train, test } = argv[2] ? await openDataset(argv[2]) : {};
const images = (train?.images.length ?? 0) + (test?.images.length ?? 0);
const peak = Math.max(resourceUsage().maxRSS * 1024, memoryUsage.rss());
stdout.write(JSON.stringify({ peak, images }));
