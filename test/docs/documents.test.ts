/** What is said of the documents, one after the other in one process: a process costs seconds before its first test. */
import './errors.ts'
import './languages.ts'
import './links.ts'
import './readme.ts'
import './security.ts'
import './snippets-compile.ts'
import './snippets-run.ts'
import './threats.ts'
