#!/bin/sh
# Node 20.20.2, Linux: a child with an IPC channel and its standard error piped never tells `close` once the parent has called
# `disconnect()`; `exit` it tells. Whoever waits for `close` waits forever: Node ends with 13. Seen: `disconnect exit`.
# shakelab waits for `exit` and the end of standard error (src/studies/parallel/trainingProcess.ts).
set -e
node -e "
const { spawn } = require('node:child_process');
const stdio = ['ignore', 'ignore', 'pipe', 'ipc'];
const child = spawn(process.execPath, ['-e', 'process.on(\"message\", () => {})'], { stdio });
const told = [];
for (const kind of ['disconnect', 'exit', 'close']) child.on(kind, () => told.push(kind));
child.stderr.resume();
child.once('spawn', () => child.disconnect());
process.on('exit', () => {
  console.log(told.join(' '));
  process.exitCode = told.join(' ') === 'disconnect exit' ? 0 : 1;
});
"
