// `npm run matrix -- TARBALL`: installs a packed package into empty folders, by several releases of Node and
// npm, with scripts refused and no compiler in reach, trains an epoch in each, and prints what it took. Rows of
// one architecture must train the same bits. What cannot be had here is skipped, and said.
import { rmSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { install, pack, train } from './install.mjs';
import { architectures, openTools, run } from './tools.mjs';

const columns = ['Node', 'npm', 'platform', 'way', 'MB', 'install', 'epoch', 'bits'];
const widths = [10, 9, 18, 10, 5, 9, 9, 12];
const line = (cells) => cells.map((cell, index) => String(cell).padEnd(widths[index])).join('');

/** Installs and trains once; a row of the table. */
function measure({ node, npm, architecture, way }, tools, tarball) {
  const folder = tools.emptyFolder();
  const installed = install({ folder, way, npm, node: tools.host, architecture, tarball });
  const trained = train({ folder, node, tools });
  rmSync(folder, { recursive: true });
  const seconds = (value) => `${value.toFixed(1)} s`;
  const size = (installed.kilobytes / 1024).toFixed(0);
  const took = [seconds(installed.seconds), seconds(trained.seconds), trained.bits.slice(0, 10)];
  console.log(line([node.version, npm.version, architecture.name, way, size, ...took]));
  return { architecture: architecture.name.split(' ')[0], bits: trained.bits, ...installed };
}

/** Every Node by every npm here; other architectures and ways once. */
function* cases(tools) {
  const [here, ...others] = architectures;
  const newest = tools.npms.at(-1);
  for (const node of tools.nodes(here)) {
    for (const npm of tools.npms) yield { node, npm, architecture: here, way: 'tarball' };
  }
  const node = tools.nodes(here).at(-1);
  yield { node, npm: newest, architecture: here, way: 'npm ci' };
  for (const architecture of others.filter((own) => isPrebuilt(own, tools))) {
    for (const own of tools.nodes(architecture)) {
      yield { node: own, npm: newest, architecture, way: 'tarball' };
    }
  }
}

/** Whether the tarball has a machine for an architecture; where it has none, that is one more thing skipped. */
function isPrebuilt({ name, cpu, libc }, tools) {
  const files = run(['tar', '-tzf', tarball]);
  const found = files.includes(`prebuilds/linux-${cpu}-${libc}/`);
  if (!found) tools.skipped.push(`${name}: the tarball has no machine for it`);
  return found;
}

const mostKilobytes = 60 * 1024;

/** What is wrong with the rows, in words. */
function faults(rows) {
  const names = [...new Set(rows.map((row) => row.architecture))];
  const differing = names.filter((name) => {
    const bits = rows.filter((row) => row.architecture === name).map((row) => row.bits);
    return new Set(bits).size > 1;
  });
  const large = rows.filter((row) => row.kilobytes > mostKilobytes);
  return [
    ...differing.map((name) => `${name}: the rows' bits differ`),
    ...(large.length > 0 ? ['an installation takes more than 60 MB'] : []),
    ...(rows.length === 0 ? ['nothing was installed'] : []),
  ];
}

const tarball = pack(argv[2]);
const tools = openTools();
try {
  console.log(line(columns));
  const rows = [...cases(tools)].map((one) => measure(one, tools, tarball));
  for (const reason of tools.skipped) console.log(`skipped: ${reason}`);
  const wrong = faults(rows);
  for (const fault of wrong) console.error(`matrix: ${fault}`);
  exit(wrong.length > 0 ? 1 : 0);
} finally {
  tools.close();
}
