/**
 * Bundle static/src into static/dist: hashed files, precompressed copies, and a manifest that
 * says which hashed file stands for which name (preloads.json: what each of them imports at once).
 *
 * Every folder of static/src with a `main.js` or `main.css` is an entry, named after its folder.
 * `import(`../kinds/${kind}.js`)` becomes one lazily loaded file per kind, and
 * `@import "../kinds/index.css"` stands for the style sheets of all kinds, so that adding a kind
 * edits no list. Pictures in static/src/pictures are copied under a hashed name.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { build } from "esbuild";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCE = path.join(ROOT, "static", "src");
const TARGET = path.join(ROOT, "static", "dist");

/** What phones of the last five years understand; newer syntax is rewritten for them. */
const BROWSERS = ["es2021", "chrome90", "firefox90", "safari14.1"];
const COMPRESSIBLE = /\.(js|css|svg|txt|json)$/;
/** Below this many bytes a compressed copy saves less than one network packet. */
const WORTH_COMPRESSING = 600;

/** @typedef {{imports: {path: string, kind: string, external?: boolean}[], entryPoint?: string, inputs: Record<string, unknown>}} Output */

/**
 * Resolve `kinds/index.css` to an import of every style sheet in static/src/kinds.
 * @type {import("esbuild").Plugin}
 */
const kindStyles = {
  name: "kind-styles",
  setup(context) {
    context.onResolve({ filter: /(^|\/)kinds\/index\.css$/ }, () => ({
      path: path.join(SOURCE, "kinds", "index.css"),
      namespace: "kind-styles",
    }));
    context.onLoad({ filter: /.*/, namespace: "kind-styles" }, async () => {
      const folder = path.join(SOURCE, "kinds");
      const sheets = (await filesIn(folder)).filter((name) => name.endsWith(".css"));
      return {
        contents: sheets.map((name) => `@import "./${name}";`).join("\n"),
        loader: "css",
        resolveDir: folder,
      };
    });
  },
};

/**
 * List a folder's file names in a fixed order; an absent folder is an empty one.
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function filesIn(folder) {
  return existsSync(folder) ? (await readdir(folder)).sort() : [];
}

/**
 * Find what is bundled: `{in, out}` as esbuild wants it.
 * @returns {Promise<{in: string, out: string}[]>}
 */
async function entries() {
  const found = [];
  for (const folder of await filesIn(SOURCE)) {
    for (const name of ["main.js", "main.css"]) {
      const file = path.join(SOURCE, folder, name);
      if (existsSync(file)) {
        found.push({ in: file, out: folder });
      }
    }
  }
  for (const name of await filesIn(path.join(SOURCE, "pictures"))) {
    found.push({ in: path.join(SOURCE, "pictures", name), out: `pictures-${path.parse(name).name}` });
  }
  return found;
}

/**
 * Name an entry as templates do: `participant.js`, `participant.css`, `pictures/icon.svg`.
 * @param {string} entryPoint relative to the repository
 * @param {string} output
 */
function nameOf(entryPoint, output) {
  const folder = path.basename(path.dirname(entryPoint));
  return folder === "pictures" ? `pictures/${path.basename(entryPoint)}` : folder + path.extname(output);
}

/**
 * Collect the files an entry needs at once, so that pages can ask for them before the entry is parsed.
 * @param {string} start
 * @param {Record<string, Output>} outputs
 * @returns {string[]}
 */
function preloads(start, outputs) {
  const seen = new Set();
  const waiting = [start];
  for (let output = waiting.pop(); output; output = waiting.pop()) {
    for (const { path: imported, kind, external } of outputs[output]?.imports ?? []) {
      if (kind === "import-statement" && !external && !seen.has(imported)) {
        seen.add(imported);
        waiting.push(imported);
      }
    }
  }
  return [...seen].map((file) => path.basename(file)).sort();
}

/**
 * Gather the licences of the packages that ended up in the bundle.
 * @param {string[]} inputs paths relative to the repository
 * @returns {Promise<string>}
 */
async function licences(inputs) {
  const packages = new Set(
    inputs.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter((folder) => folder !== undefined),
  );
  const texts = [];
  for (const folder of [...packages].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(ROOT, folder, "package.json"), "utf8"));
    const file = (await filesIn(path.join(ROOT, folder))).find((candidate) => /^licen[cs]e/i.test(candidate));
    const text = file ? await readFile(path.join(ROOT, folder, file), "utf8") : "";
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

/**
 * Write a file and, where it pays, its .gz and .br copies.
 * @param {string} name
 * @param {Uint8Array} contents
 */
async function writeCompressed(name, contents) {
  const file = path.join(TARGET, name);
  await writeFile(file, contents);
  if (!COMPRESSIBLE.test(name) || contents.length < WORTH_COMPRESSING) {
    return [name];
  }
  await writeFile(`${file}.gz`, await promisify(gzip)(contents, { level: 9 }));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(contents, quality));
  return [name, `${name}.gz`, `${name}.br`];
}

const bundle = await build({
  absWorkingDir: ROOT,
  entryPoints: await entries(),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  outdir: TARGET,
  loader: { ".svg": "copy", ".png": "copy", ".ico": "copy", ".woff2": "copy" },
  plugins: [kindStyles],
  format: "esm",
  target: BROWSERS,
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  write: false,
  legalComments: "none",
  logLevel: "warning",
}).catch(() => process.exit(1)); // esbuild has said what is wrong and where

const outputs = /** @type {Record<string, Output>} */ (bundle.metafile.outputs);
/** @type {Record<string, string>} */
const files = {};
/** @type {Record<string, string[]>} */
const wanted = {};
for (const [output, { entryPoint }] of Object.entries(outputs)) {
  // Lazily loaded modules are entries to esbuild too; pages never name them.
  if (entryPoint && /(^|\/)(main\.(js|css)|pictures\/[^/]+)$/.test(entryPoint)) {
    const name = nameOf(entryPoint, output);
    files[name] = path.basename(output);
    wanted[name] = preloads(output, outputs);
  }
}

const notices = new TextEncoder().encode(await licences(Object.keys(bundle.metafile.inputs)));
const noticesName = `licences-${createHash("sha256").update(notices).digest("hex").slice(0, 8)}.txt`;
files["licences.txt"] = noticesName;

await mkdir(TARGET, { recursive: true });
const before = await readdir(TARGET);
const written = ["manifest.json", "preloads.json"];
for (const { path: file, contents } of bundle.outputFiles) {
  written.push(...(await writeCompressed(path.basename(file), contents)));
}
written.push(...(await writeCompressed(noticesName, notices)));
// The manifest comes last: until it is there, the previous build stays whole.
await writeFile(path.join(TARGET, "preloads.json"), `${JSON.stringify(wanted, null, 2)}\n`);
await writeFile(path.join(TARGET, "manifest.json"), `${JSON.stringify(files, null, 2)}\n`);
for (const name of before.filter((old) => !written.includes(old))) {
  await rm(path.join(TARGET, name), { recursive: true });
}
