// Fails when what a browser must load for the first page outgrows the budget.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const BUDGET_BYTES = 250_000
const FIRST_PAGE = 'src/app/routes/home.tsx'

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../src/streamspace/server/web/dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

const files = new Set()
const styles = new Set()
function follow(key) {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const sheet of chunk.css ?? []) styles.add(sheet)
  for (const next of chunk.imports ?? []) follow(next)
}
follow('index.html')
if (!manifest[FIRST_PAGE])
  throw new Error(`${FIRST_PAGE} is no longer a chunk of its own; update check-size.mjs.`)
follow(FIRST_PAGE)

const compressed = (names) =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0)
const script = compressed(files)
console.log(
  `first load: ${(script / 1000).toFixed(1)} kB of compressed script in ${files.size} files, ` +
    `${(compressed(styles) / 1000).toFixed(1)} kB of style (budget ${BUDGET_BYTES / 1000} kB of script)`,
)
if (script > BUDGET_BYTES) {
  console.error('Over budget: split a route or drop a dependency.')
  process.exit(1)
}
