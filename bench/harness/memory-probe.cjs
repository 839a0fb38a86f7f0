// Preloaded into the server whose heap is measured: SIGUSR2 collects garbage twice and prints the memory in use.
process.on('SIGUSR2', () => {
  global.gc()
  setTimeout(() => {
    global.gc()
    const { heapUsed, external } = process.memoryUsage()
    process.stdout.write(`${heapUsed + external}\n`)
  }, 150)
})
