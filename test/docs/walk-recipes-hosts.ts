/** The recipes on hosts and stores, followed as the guides are. */
import './walk/recipes/hosts.ts'
import './walk/recipes/stores.ts'
