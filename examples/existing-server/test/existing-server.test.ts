// One process for all: each costs a second.
import './after.ts'
import './association.ts'
import './before.ts'
import './comptes.ts'
import './diff.ts'
import './meme-origine.ts'
