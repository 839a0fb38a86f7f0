/** The recipes, followed as the guides are. */
import './walk/recipes/hosts.ts'
import './walk/recipes/neighbours.ts'
import './walk/recipes/stores.ts'
import './walk/recipes/tests.ts'
