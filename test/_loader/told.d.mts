export interface FailedFile {
  name: string
  /** How many of its assertions held. */
  passed: number
  /** Its failed assertions, as tap prints them. */
  said: string[]
}

export function createTold(): {
  failed: FailedFile[]
  write(chunk: string | Uint8Array): void
  count(name: 'pass' | 'fail' | 'skip'): number
}
