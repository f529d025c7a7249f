import { PbfReader, PbfWriter } from 'pbf';
import type { Histogram } from './histogram.ts';

/** Settings of a run, as the page on hyper-parameters compares them. */
export interface HyperParameters {
  settings: Record<string, string | number | boolean>;
  /** Seconds since 1970. */
  startedAt: number;
}

/** A value under a tag. */
export type SummaryValue = { tag: string } & (
  | { kind: 'scalar'; value: number }
  | { kind: 'histogram'; histogram: Histogram }
  | { kind: 'image'; png: Uint8Array; width: number; height: number }
  | { kind: 'hyperParameters'; parameters: HyperParameters }
);

/** What happened at a step. */
export interface SummaryEvent {
  /** Seconds since 1970. */
  wallTime: number;
  step: number;
  values: readonly SummaryValue[];
}

/** The first event of every file. */
export function encodeVersion(wallTime: number): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, wallTime);
  pbf.writeStringField(3, 'brain.Event:2');
  return pbf.finish();
}

/**
 * Encodes an event as event.proto and summary.proto of TensorBoard 2 have it: a field a line, by its
 * number there. Scalars are `simple_value`, which every reader shows.
 */
export function encodeEvent({ wallTime, step, values }: SummaryEvent): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, wallTime);
  pbf.writeVarintField(2, step);
  pbf.writeMessage(5, writeSummary, values);
  return pbf.finish();
}

/** The step of an encoded event; 0 where it says none. */
export const stepOf = (event: Uint8Array): number =>
  new PbfReader(event).readFields(
    (field, found: { step: number }, pbf) => {
      if (field === 2) found.step = pbf.readVarint();
    },
    { step: 0 },
  ).step;

function writeSummary(values: readonly SummaryValue[], pbf: PbfWriter): void {
  for (const value of values) pbf.writeMessage(1, writeValue, value);
}

function writeValue(value: SummaryValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.tag);
  if (value.kind === 'scalar') pbf.writeFloatField(2, value.value);
  else if (value.kind === 'image') pbf.writeMessage(4, writeImage, value);
  else if (value.kind === 'histogram') pbf.writeMessage(5, writeHistogram, value.histogram);
  else pbf.writeMessage(9, writeMetadata, value.parameters);
}

const rgba = 4;

function writeImage(
  { png, width, height }: Extract<SummaryValue, { kind: 'image' }>,
  pbf: PbfWriter,
): void {
  pbf.writeVarintField(1, height);
  pbf.writeVarintField(2, width);
  pbf.writeVarintField(3, rgba);
  pbf.writeBytesField(4, png);
}

function writeHistogram(histogram: Histogram, pbf: PbfWriter): void {
  const { least, most, count, sum, squares, edges, counts } = histogram;
  [least, most, count, sum, squares].forEach((value, place) => {
    pbf.writeDoubleField(place + 1, value);
  });
  pbf.writePackedDouble(6, edges);
  pbf.writePackedDouble(7, counts);
}

/** `SummaryMetadata` of the plugin that compares hyper-parameters. */
function writeMetadata(parameters: HyperParameters, pbf: PbfWriter): void {
  pbf.writeMessage(1, writePlugin, parameters);
}

function writePlugin(parameters: HyperParameters, pbf: PbfWriter): void {
  const content = new PbfWriter();
  content.writeMessage(3, writeSession, parameters);
  pbf.writeStringField(1, 'hparams');
  pbf.writeBytesField(2, content.finish());
}

/** `SessionStartInfo`; the version beside it is 0, which is left out: others are refused. */
function writeSession({ settings, startedAt }: HyperParameters, pbf: PbfWriter): void {
  for (const entry of Object.entries(settings)) pbf.writeMessage(1, writeSetting, entry);
  pbf.writeDoubleField(5, startedAt);
}

function writeSetting([name, value]: [string, string | number | boolean], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeAny, value);
}

/** `google.protobuf.Value`. */
function writeAny(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === 'number') pbf.writeDoubleField(2, value);
  else if (typeof value === 'string') pbf.writeStringField(3, value);
  else pbf.writeBooleanField(4, value);
}
