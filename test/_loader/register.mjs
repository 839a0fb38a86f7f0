import { register } from 'node:module'

// what tap loads into every child process costs each of them a tenth of a second, for a coverage that is not asked
delete process.env.NODE_OPTIONS

if (!process.features.typescript) register('./hooks.mjs', import.meta.url)
