// What needs the démarche and the sandbox, in one process.
import './demande.ts'
import './obligations.ts'
import './pannes.ts'
