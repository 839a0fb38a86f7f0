// One browser and one démarche for all.
import './journey.ts'
import './setbacks.ts'
import './button.ts'
import './dark.ts'
import './plugin-pages.ts'
