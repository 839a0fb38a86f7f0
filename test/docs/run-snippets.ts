/** Imports the snippets given, one after the other, and prints a line of JSON for each. */
const limit = 30_000

for (const file of process.argv.slice(2)) {
  let late: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(new Error(`still running after ${limit} ms`)), limit)
  })
  const outcome = await Promise.race([import(file), tooLong]).then(
    () => null,
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
  )
  clearTimeout(late)
  process.stdout.write(`\n@@${JSON.stringify({ file, error: outcome })}\n`)
}
process.exit(0)
