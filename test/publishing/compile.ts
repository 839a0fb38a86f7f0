import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './packed.ts'

export interface Run {
  code: number
  output: string
}

/**
 * Runs Node.js as a user would: its exit code and what it printed. The environment is emptied by `env`, because tap puts
 * itself into every Node.js that a test starts, and tsc does not survive it.
 */
export function node(args: string[], timeout = 110_000): Promise<Run> {
  const { PATH, HOME } = process.env
  const bare = ['-i', `PATH=${PATH}`, `HOME=${HOME}`, process.execPath, ...args]
  return new Promise((resolve) => {
    execFile('env', bare, { cwd: root, timeout }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, output: stdout + stderr })
    })
  })
}

/** Runs tsc on a folder. */
export const compile = (folder: string): Promise<Run> =>
  node([join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])
