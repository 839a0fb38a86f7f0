import { register } from 'node:module'

if (!process.features.typescript) register('./hooks.mjs', import.meta.url)
