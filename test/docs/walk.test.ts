/**
 * The guides and the recipes, followed to the letter in empty folders: one browser and one packing for all. A walk waits
 * for others more than it computes; the whole takes minutes on a busy machine. `WALK_ONLY=jest` follows one.
 */
import './walk/errors.ts'
import './walk/expose-an-api.ts'
import './walk/franceconnect-plus.ts'
import './walk/get-started.ts'
import './walk/migrate.ts'
import './walk/readme.ts'
import './walk/recipes/hosts.ts'
import './walk/recipes/neighbours.ts'
import './walk/recipes/stores.ts'
import './walk/recipes/tests.ts'
import './walk/reconcile-accounts.ts'
import './walk/sandbox-to-production.ts'
import './walk/scopes-and-api.ts'
import './walk/sessions-and-instances.ts'
import './walk/without-franceconnect.ts'
import './walk/covered.ts'
