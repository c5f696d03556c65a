// Builds what the pages need from npm packages and our own scripts and styles into static/ui/built (never committed).
import { build } from "esbuild";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../../..");
const modules = join(root, "node_modules");
const out = resolve(here, "../static/ui/built");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

// Every .js and .css directly in scripts/ is an entry: what a page loads by name. Folders hold their parts.
const entries = readdirSync(here).filter((name) => /\.(js|css)$/.test(name)).map((name) => join(here, name));
await build({
  entryPoints: entries,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true, // what a page needs only later is a piece of its own, fetched then
  chunkNames: "pieces/[name]-[hash]",
  target: ["es2022", "chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file", ".png": "dataurl", ".svg": "dataurl" },
  assetNames: "fonts/[name]",
  nodePaths: [modules],
  legalComments: "linked",
  logLevel: "warning",
});

// Icons: one sprite of the few that pages use (icons.txt), so that no page loads the whole set.
const names = readFileSync(join(here, "icons.txt"), "utf8").split(/\s+/).filter(Boolean);
const symbols = names.map((name) => {
  const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
  const inner = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
});
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

// Fonts of papers: Times-metric with every Vietnamese letter.
const fonts = resolve(root, "chungsuc/kit/paper/fonts");
mkdirSync(fonts, { recursive: true });
for (const face of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
  cpSync(join(modules, "@expo-google-fonts/tinos", face, `Tinos_${face}.ttf`), join(fonts, `Tinos_${face}.ttf`));
if (!existsSync(join(out, "ui.css"))) throw new Error("ui.css was not built");
