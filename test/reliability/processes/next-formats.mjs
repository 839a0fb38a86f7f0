// A version to come of what the packages store, made of this one as it is loaded: every format has the next number.
// FORMATS=reads-next writes what this version writes and reads both; writes-next writes its own and reads both.
import { register } from 'node:module'

register('./next-formats-hooks.mjs', import.meta.url, { data: process.env.FORMATS })
