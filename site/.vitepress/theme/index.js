import DefaultTheme from 'vitepress/theme'
import Catalogue from './Catalogue.vue'
import Finder from './Finder.vue'
import './site.css'

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.component('Catalogue', Catalogue).component('Finder', Finder)
}
