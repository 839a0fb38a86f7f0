import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Look of the button: the State's design system is closed to towns, and this stylesheet is not. */
export const styleBouton = readFileSync(
  createRequire(import.meta.url).resolve('fastify-franceconnect/button.css'),
  'utf8'
)
