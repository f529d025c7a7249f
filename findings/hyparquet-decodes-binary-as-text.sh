#!/bin/sh
# hyparquet 1.33.0 takes a column of bytes without a stated meaning for text unless it is told `utf8: false`:
# a PNG's bytes come back as a string with replacement letters. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" -c '
import pyarrow, pyarrow.parquet
table = pyarrow.table({"image": pyarrow.array([bytes([0x89, 0x50])], pyarrow.binary())})
pyarrow.parquet.write_table(table, "a.parquet")'
npm install --silent --no-audit --no-fund hyparquet@1.33.0 >&2
cat > read.mjs <<'NODE'
import { readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
const file = Uint8Array.from(readFileSync('a.parquet')).buffer;
const [{ image }] = await parquetReadObjects({ file });
const [{ image: bytes }] = await parquetReadObjects({ file, utf8: false });
console.log(`hyparquet 1.33.0: ${JSON.stringify(image)} by default, ${bytes} with utf8: false`);
if (image !== '\ufffdP' || String(bytes) !== '137,80') process.exit(1);
NODE
node read.mjs
