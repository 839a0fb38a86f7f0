// A browser of its own.
import './navigateur.ts'
