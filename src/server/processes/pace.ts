import { profilePace } from '../../bench/pace.ts';
import { runConfigSchema } from '../../runs/schema.ts';

const pace = await profilePace(runConfigSchema.parse(JSON.parse(process.argv[2])));
process.stdout.write(`${JSON.stringify(pace)}\n`);
