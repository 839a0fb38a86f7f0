/** The recipes on neighbours and test runners, followed as the guides are. */
import './walk/recipes/neighbours.ts'
import './walk/recipes/tests.ts'
