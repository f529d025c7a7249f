#!/bin/sh
# TensorBoard 2.21.0 shows one event file in two ways where a tag's steps go back, as after a resume: its default loader
# drops what came before at the same or later steps, with --load_fast=false every point stays, in the file's order.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tensorboard==2.21.0
"$folder/venv/bin/python" - "$folder/log" <<'PYTHON'
import sys
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.event_file_writer import EventFileWriter

writer = EventFileWriter(sys.argv[1])
for step, value in [(1, 10), (2, 20), (3, 30), (2, 21)]:
    scalar = summary_pb2.Summary.Value(tag="loss", simple_value=value)
    summary = summary_pb2.Summary(value=[scalar])
    writer.add_event(event_pb2.Event(wall_time=step, step=step, summary=summary))
writer.close()
PYTHON
shown() {
  "$folder/venv/bin/tensorboard" --logdir "$folder/log" --port 6199 "$1" > "$folder/server" 2>&1 &
  server=$!
  for _ in $(seq 60); do
    sleep 1
    curl -sf "http://localhost:6199/data/plugin/scalars/scalars?run=.&tag=loss" > "$folder/shown" && break
  done
  kill $server
  wait $server 2> /dev/null || true
  cat "$folder/shown"
}
fast=$(shown --load_fast=true)
slow=$(shown --load_fast=false)
echo "TensorBoard 2.21.0, steps 1 2 3 2: $fast by default, $slow with --load_fast=false"
[ "$fast" = '[[1.0, 1, 10.0], [2.0, 2, 21.0]]' ]
[ "$slow" = '[[1.0, 1, 10.0], [2.0, 2, 20.0], [3.0, 3, 30.0], [2.0, 2, 21.0]]' ]
