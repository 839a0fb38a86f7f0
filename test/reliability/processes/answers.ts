/** Inside a child: announces the port, then answers the questions of the parent. */
export function answer(port: number, answers: Record<string, (given: never) => unknown>): void {
  process.on('message', async ({ id, question, given }: { id: number; question: string; given: unknown }) => {
    try {
      process.send?.({ id, answer: await answers[question]?.(given as never) })
    } catch (error) {
      process.send?.({ id, problem: String(error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  process.send?.({ port })
}
