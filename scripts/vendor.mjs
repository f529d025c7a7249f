// The last step of `npm run build`: what is used of some large packages goes into `dist/vendor`, one
// file a package with its licences, and the built files import it from there. An installation would hold fifty
// packages and 26 MB for the part of them that is used, 1 MB.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** Packages to build in; they are among the development's in package.json. */
const packages = [
  ...['@observablehq/plot', 'fontkit', 'geotiff', 'linkedom', 'pdfkit', 'simple-statistics'],
  ...['svg-to-pdfkit', 'tar'],
];
/** Fonts that PDF files of figures are set in. */
const fonts = ['DejaVuSans', 'DejaVuSans-Bold'];

const folder = 'dist/vendor';
const fileOf = (name) => `${name.replace(/^@/, '').replace('/', '-')}.js`;

/** Gives fontkit Node's own Brotli instead of a package with half a megabyte of dictionary. */
const ownBrotli = {
  name: 'own-brotli',
  resolveId: (id) => (id === 'brotli/decompress.js' ? id : null),
  load: (id) =>
    id === 'brotli/decompress.js'
      ? "export { brotliDecompressSync as default } from 'node:zlib';"
      : null,
};

/** Bundles them all, with what they share in chunks. @returns the folders of all packages that went in */
async function bundle() {
  const entry = (name) => [fileOf(name).slice(0, -3), name];
  const input = Object.fromEntries(packages.map(entry));
  const build = await rolldown({
    ...{ input, platform: 'node', logLevel: 'warn', external: ['canvas'] },
    plugins: [ownBrotli],
  });
  const { output } = await build.write({ dir: folder, format: 'esm', minify: true });
  const modules = output.flatMap((chunk) => chunk.moduleIds ?? []);
  const owner = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
  return [...new Set(modules.flatMap((id) => owner.exec(id)?.[0] ?? []))].sort();
}

/** The licences of packages, one after the other. @throws Error where one has none */
function licences(folders) {
  return folders.map((path) => {
    const { name, version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file && !license) throw new Error(`${name}: no licence`);
    const text = file ? readFileSync(join(path, file), 'utf8').trim() : `Licence: ${license}`;
    return `## ${name} - ${version} (${license ?? titleOf(text)})\n\n${text}\n`;
  });
}

/** Copies the fonts, packed. @returns the folder of their package */
function copyFonts() {
  const own = dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/package.json')));
  mkdirSync(join(folder, 'fonts'));
  for (const name of fonts)
    writeFileSync(
      join(folder, 'fonts', `${name}.ttf.br`),
      brotliCompressSync(readFileSync(join(own, 'ttf', `${name}.ttf`))),
    );
  return own;
}

/** The licence that a text names in its title, `MIT License`, where a package.json names none. */
const titleOf = (text) => /^(\S+) License\n/.exec(text)?.[1] ?? 'none stated';

/** Lets a built file import what was bundled. */
function redirect(path) {
  const text = readFileSync(path, 'utf8');
  const up = posix.join(...relative(path, folder).split('\\')).replace(/^\.\.\//, '');
  const changed = packages.reduce((left, name) => {
    const target = `${up.startsWith('.') ? up : `./${up}`}/${fileOf(name)}`;
    return left
      .replaceAll(`from '${name}'`, `from '${target}'`)
      .replaceAll(`import('${name}')`, `import('${target}')`);
  }, text);
  if (changed !== text) writeFileSync(path, changed);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const texts = licences([...(await bundle()), copyFonts()]);
writeFileSync(join(folder, 'LICENSES.md'), texts.join('\n'));
for (const name of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
  const isOurs = name.endsWith('.js') && !/^(vendor|studio)[\\/]/.test(name);
  if (isOurs && existsSync(join('dist', name))) redirect(join('dist', name));
}
