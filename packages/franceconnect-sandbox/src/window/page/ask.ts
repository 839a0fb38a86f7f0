/** Asks the sandbox for something to show. */
export async function read<Answer>(path: string): Promise<Answer | undefined> {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  return response.ok ? ((await response.json()) as Answer) : undefined
}

/** Pulls a lever and returns what to say of it. */
export async function pull(asked: Record<string, unknown>, done: string): Promise<string> {
  try {
    const response = await fetch('/window/levers', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked)
    })
    if (response.ok) return done
    const { message } = (await response.json()) as { message?: string }
    return `Refusé : ${message ?? response.status}`
  } catch {
    return 'Le bac à sable ne répond plus.'
  }
}
