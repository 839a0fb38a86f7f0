import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { navigation } from './navigation.mjs'

const pages = fileURLToPath(new URL('../pages', import.meta.url))
const has = (path) => readdirSync(join(pages, 'en/reference')).includes(path)

export default defineConfig({
  srcDir: 'pages',
  outDir: 'dist',
  base: process.env.SITE_BASE ?? '/',
  cleanUrls: true,
  title: 'FranceConnect pour Fastify',
  // any other link that leads nowhere fails the build
  ignoreDeadLinks: 'localhostLinks',
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  head: [['meta', { name: 'robots', content: 'index' }]],
  locales: {
    root: { label: 'Français', lang: 'fr', ...navigation('fr', has) },
    en: { label: 'English', lang: 'en', link: '/en/', title: 'FranceConnect for Fastify', ...navigation('en', has) }
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        locales: {
          root: {
            translations: {
              button: { buttonText: 'Rechercher', buttonAriaLabel: 'Rechercher' },
              modal: {
                noResultsText: 'Aucun résultat pour',
                resetButtonTitle: 'Effacer',
                footer: { selectText: 'ouvrir', navigateText: 'parcourir', closeText: 'fermer' }
              }
            }
          }
        }
      }
    }
  }
})
