// What needs no server, in one process.
import './bareme.ts'
import './formulaire.ts'
import './identite.ts'
import './pages.ts'
