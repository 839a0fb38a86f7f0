import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const guides = [
  'get-started',
  'sandbox-to-production',
  'scopes-and-api',
  'reconcile-accounts',
  'sessions-and-instances',
  'franceconnect-plus',
  'without-franceconnect',
  'errors',
  'expose-an-api',
  'migrate-from-openid-client',
  'migrate-from-fastify-oauth2',
  'migrate-from-passport'
]
const packages = [
  'fastify-franceconnect',
  'fastify-fc-data',
  'fastify-fc-provider',
  'franceconnect-protocol',
  'franceconnect-sandbox'
]

const text = (path) => readFileSync(fileURLToPath(new URL(`../pages/${path}`, import.meta.url)), 'utf8')
const titleOf = (path) => /^# (.*)$/m.exec(text(path))?.[1] ?? path

/** The menus of one language: titles are those of the pages themselves, recipes those of their index. */
export function navigation(language, has) {
  const french = language === 'fr'
  const base = french ? '' : 'en/'
  const word = (fr, en) => (french ? fr : en)
  const page = (path) => ({ text: titleOf(`${base}${path}.md`), link: `/${base}${path}` })
  const groups = text(`${base}recipes/index.md`).split(/^## /m).slice(1)
  const recipes = groups.map((group) => ({
    text: group.split('\n')[0],
    items: [...group.matchAll(/^- \[([^\]]+)\]\(([^)]+)\)/gm)].map(([, text, link]) => ({ text, link }))
  }))
  const reference = {
    text: word('Référence', 'Reference'),
    items: packages.map((name) => ({ text: name, link: `/${base}packages/${name}` }))
  }
  // what TypeDoc reads in the code is in English: the French pages of the packages say the options and the errors
  const types = {
    text: 'Types',
    items: packages.filter(has).map((name) => ({ text: name, link: `/en/reference/${name}/` }))
  }
  const finder = { text: word('Trouver une page', 'Find a page'), link: `/${base}find` }
  const guide = { text: 'Guides', items: guides.map((name) => page(`guides/${name}`)) }
  const catalogue = { text: word('Catalogue des API', 'Catalogue of API'), link: `/${base}catalogue/` }
  const safety = {
    text: word('Sécurité et fiabilité', 'Security and reliability'),
    items: ['security', 'threats', 'reliability'].map(page)
  }
  return {
    themeConfig: {
      nav: [
        { text: word('Premiers pas', 'Get started'), link: `/${base}guides/get-started` },
        { text: word('Recettes', 'Recipes'), link: `/${base}recipes/` },
        catalogue,
        { text: reference.text, items: reference.items },
        finder
      ],
      sidebar: [
        { text: word('Présentation', 'Overview'), link: `/${base}` },
        guide,
        { text: word('Recettes', 'Recipes'), link: `/${base}recipes/`, collapsed: false, items: recipes },
        catalogue,
        reference,
        ...(french ? [] : [types]),
        safety,
        finder
      ],
      outline: { level: 2, label: word('Sur cette page', 'On this page') },
      docFooter: { prev: word('Page précédente', 'Previous page'), next: word('Page suivante', 'Next page') },
      darkModeSwitchLabel: word('Apparence', 'Appearance'),
      lightModeSwitchTitle: word('Passer au clair', 'Switch to light'),
      darkModeSwitchTitle: word('Passer au sombre', 'Switch to dark'),
      sidebarMenuLabel: 'Menu',
      returnToTopLabel: word('Haut de page', 'Return to top'),
      langMenuLabel: word('Langue', 'Language'),
      skipToContentLabel: word('Aller au contenu', 'Skip to content')
    }
  }
}
