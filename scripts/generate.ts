import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, nativeHeaders } from './nativeHeaders.ts';

for (const [name, text] of Object.entries(nativeHeaders())) writeFileSync(join(folder, name), text);
