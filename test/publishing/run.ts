import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './packed.ts'

export interface Run {
  code: number
  output: string
}

/**
 * Runs a command as a user would: its exit code and what it printed. The environment is emptied by `env`, because tap puts
 * itself into every Node.js that a test starts: slow for all, and tsc does not survive it.
 */
export function run(command: string, args: readonly string[]): Promise<Run> {
  const { PATH, HOME } = process.env
  const options = { cwd: root, timeout: 110_000, maxBuffer: 1e8 }
  return new Promise((resolve) => {
    execFile('env', ['-i', `PATH=${PATH}`, `HOME=${HOME}`, command, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, output: stdout + stderr })
    })
  })
}

/** Runs Node.js. */
export const node = (args: readonly string[]): Promise<Run> => run(process.execPath, args)

/** Runs a command of the workspace's own dependencies. */
export const tool = (name: string, args: readonly string[]): Promise<Run> =>
  run(join(root, 'node_modules/.bin', name), args)

/** Runs tsc on a folder, in one thread: several check the same types again, and other tests run beside. */
export const compile = (folder: string): Promise<Run> => tool('tsc', ['-p', folder, '--singleThreaded'])
