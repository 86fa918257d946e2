// Builds what the workbench runs in the browser into src/servanda/workbench/static, and says there what it was built from.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { buildParserFile } from "@lezer/generator";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const target = join(here, "..", "src", "servanda", "workbench", "static");

/** What a page asks for by name; each is one script, without modules. */
const scripts = { "htmx.js": "htmx/htmx.mjs", "editor.js": "editor/editor.mjs" };

/** The faces of the design, each with the styles that it needs; the name is the one that the style sheet uses. */
const faces = [
  { name: "Inter", package: "inter", styles: ["normal"], weights: "100 900" },
  { name: "Source Serif 4", package: "source-serif-4", styles: ["normal", "italic"], weights: "200 900" },
  { name: "JetBrains Mono", package: "jetbrains-mono", styles: ["normal"], weights: "100 800" },
];
const subsets = ["cyrillic", "latin-ext", "latin"];
/** The package of Source Serif 4 leaves out whose it is. */
const sourceSerif = "© 2014 - 2021 Adobe Systems Incorporated (http://www.adobe.com/), with Reserved Font Name ‘Source’.";

const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Every file of this folder that a build depends on, by its path. */
function sources(folder = here) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : [relative(here, path).split(sep).join("/")];
    })
    .sort();
}

/** Grammars are compiled while they are bundled, so that the browser gets tables; a warning is an error. */
const lezer = {
  name: "lezer",
  setup(bundle) {
    const compiled = (path) =>
      buildParserFile(readFileSync(path, "utf8"), { fileName: path, moduleStyle: "es", warn: complain });
    bundle.onResolve({ filter: /\.grammar\.terms$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\.terms$/, "")),
      namespace: "terms",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "terms" }, ({ path }) => ({ contents: compiled(path).terms }));
    bundle.onLoad({ filter: /\.grammar$/ }, ({ path }) => ({
      contents: compiled(path).parser,
      resolveDir: dirname(path),
    }));
  },
};

/** The words that the tokenizer gives to what is wrong fit nowhere, on purpose. */
function complain(message) {
  if (!/^Unused rule 'bad/.test(message)) throw new Error(message);
}

async function script(name, entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    outfile: join(target, name),
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    plugins: [lezer],
  });
  return Object.keys(result.metafile.inputs)
    .filter((path) => path.startsWith("node_modules/"))
    .map((path) => path.split("/").slice(1, path.startsWith("node_modules/@") ? 3 : 2).join("/"));
}

function licences(packages) {
  const texts = [...new Set(packages)].sort().map((name) => {
    const file = readdirSync(join(modules, name)).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${readFileSync(join(modules, name, file), "utf8").trim()}\n`;
  });
  writeFileSync(join(target, "LICENCES.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

function fonts() {
  rmSync(join(target, "fonts"), { recursive: true, force: true });
  mkdirSync(join(target, "fonts"), { recursive: true });
  const rules = faces.flatMap((face) => {
    const folder = join(modules, "@fontsource-variable", face.package);
    const ranges = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8"));
    const licence = readFileSync(join(folder, "LICENSE"), "utf8").replace(/^Google Inc\./, sourceSerif);
    writeFileSync(join(target, "fonts", `OFL-${face.package}.txt`), licence);
    return face.styles.flatMap((style) =>
      subsets.map((subset) => {
        const file = `${face.package}-${subset}-wght-${style}.woff2`;
        copyFileSync(join(folder, "files", file), join(target, "fonts", file));
        return `@font-face{font-family:"${face.name}";font-style:${style};font-weight:${face.weights};font-display:swap;
  src:url(fonts/${file}) format("woff2");
  unicode-range:${ranges[subset]}}\n`;
      }),
    );
  });
  const head = "/* The faces of the workbench; licences beside the files. Built by `make islands`. */\n";
  writeFileSync(join(target, "fonts.css"), head + rules.join(""));
}

mkdirSync(target, { recursive: true });
const bundled = [];
for (const [name, entry] of Object.entries(scripts)) bundled.push(...(await script(name, entry)));
licences(bundled);
fonts();

const built = [...Object.keys(scripts), "LICENCES.txt", "fonts.css", ...readdirSync(join(target, "fonts")).map((file) => `fonts/${file}`)];
const record = {
  sources: Object.fromEntries(sources().map((path) => [path, hash(readFileSync(join(here, path)))])),
  built: Object.fromEntries(built.sort().map((path) => [path, hash(readFileSync(join(target, path)))])),
};
writeFileSync(join(target, "islands.json"), JSON.stringify(record, null, 2) + "\n");
