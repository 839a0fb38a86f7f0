/** The recipes, followed as the guides are. */
import './walk/recipes/neighbours.ts'
