// One process for all: each costs a second.
import './diff.ts'
import './mediatheque.ts'
import './navigateur.ts'
