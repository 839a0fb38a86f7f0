import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// the State's design system is closed to towns; its button has a stylesheet of its own
const bouton = readFileSync(createRequire(import.meta.url).resolve('fastify-franceconnect/button.css'), 'utf8')

/** The town's own look, and the button's. */
export const style = `
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1c1c1c; background: #fff; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem; }
h1 { line-height: 1.25; }
label { display: block; }
input, select, button { font: inherit; padding: 0.5rem 0.75rem; border: 1px solid #555; border-radius: 0.25rem; }
input { display: block; box-sizing: border-box; width: 100%; max-width: 24rem; }
button { color: #fff; background: #14532d; border-color: #14532d; cursor: pointer; }
a { color: #14532d; }
[role='alert'] { padding: 0.75rem 1rem; border-left: 0.25rem solid #b00020; background: #fdecea; }
.ou { display: flex; align-items: center; gap: 1rem; margin: 1.5rem 0; }
.ou::before, .ou::after { content: ''; flex: 1; border-top: 1px solid #999; }
details { margin-top: 1.5rem; }
.comptes { padding: 0; list-style: none; }
.comptes form { display: inline-block; margin: 0 0.5rem 0.5rem 0; }
${bouton}`
