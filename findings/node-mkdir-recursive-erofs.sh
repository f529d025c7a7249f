#!/bin/sh
# Node 20.20.2, Linux: mkdir(path, { recursive: true }) says of a file system that is read-only that the folder above is
# not there; without `recursive` it tells the truth. Seen: `plain EROFS, recursive ENOENT`.
# shakelab makes folders one by one (src/files/folders.ts).
set -e
folder=$(mktemp -d)
trap 'rmdir "$folder"' EXIT
export folder
unshare -rm sh -c 'mount -t tmpfs -o ro none "$folder" && node -e "
const { mkdirSync } = require(\"node:fs\");
const codeOf = (make) => { try { make(); } catch ({ code }) { return code; } };
const path = process.env.folder + \"/new\";
const line = \"plain \" + codeOf(() => mkdirSync(path)) + \", recursive \" + codeOf(() => mkdirSync(path, { recursive: true }));
console.log(line);
process.exit(line === \"plain EROFS, recursive ENOENT\" ? 0 : 1);
"'
