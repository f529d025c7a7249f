import { profilePace } from '../../bench/pace.ts';
import { runConfigSchema } from '../../runs/schema.ts';

const [config, images] = process.argv.slice(2).map((text) => JSON.parse(text));
const pace = await profilePace(runConfigSchema.parse(config), images ?? undefined);
process.stdout.write(`${JSON.stringify(pace)}\n`);
