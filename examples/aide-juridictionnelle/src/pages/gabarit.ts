import { html } from 'ghtml'

export interface Page {
  readonly titre: string
  /** Already made of `html` templates: the only text that is not escaped again. */
  readonly contenu: string
  /** Name of whoever is logged in, shown on every page with the way out, as FranceConnect requires. */
  readonly connecte?: string | undefined
}

const service = 'Aide juridictionnelle'

/** What the law has every page of a public service lead to. */
export const liensObligatoires = [
  { adresse: '/accessibilite', libelle: 'Accessibilité : non conforme' },
  { adresse: '/mentions-legales', libelle: 'Mentions légales' },
  { adresse: '/donnees-personnelles', libelle: 'Données personnelles' },
  { adresse: '/cookies', libelle: 'Gestion des cookies' }
] as const

const entete = html`
  <header role="banner" class="fr-header">
    <div class="fr-header__body">
      <div class="fr-container">
        <div class="fr-header__body-row">
          <div class="fr-header__brand fr-enlarge-link">
            <div class="fr-header__brand-top">
              <div class="fr-header__logo"><p class="fr-logo">République<br>Française</p></div>
            </div>
            <div class="fr-header__service">
              <a href="/" title="Accueil – ${service}"><p class="fr-header__service-title">${service}</p></a>
              <p class="fr-header__service-tagline">Demander la prise en charge de vos frais de justice</p>
            </div>
          </div>
        </div>
      </div>
    </div>
  </header>
  <section class="fr-notice fr-notice--info" aria-label="Démonstration">
    <div class="fr-container">
      <div class="fr-notice__body">
        <p>
          <span class="fr-notice__title">Démonstration.</span>
          <span class="fr-notice__desc">Ce site n’est pas un service de l’État : identités et données sont inventées, rien n’est envoyé.</span>
        </p>
      </div>
    </div>
  </section>`

const pied = html`
  <footer class="fr-footer" role="contentinfo">
    <div class="fr-container">
      <div class="fr-footer__body fr-pb-4w">
        <div class="fr-footer__brand"><p class="fr-logo">République<br>Française</p></div>
        <div class="fr-footer__content">
          <p class="fr-footer__content-desc">
            Exemple livré avec fastify-franceconnect et fastify-fc-data. Le système de design de l’État est réservé aux
            services publics : cet exemple tient la place de l’un d’eux.
          </p>
          <ul class="fr-footer__content-list">
            <li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://www.info.gouv.fr/">info.gouv.fr</a></li>
            <li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://www.service-public.gouv.fr/particuliers/vosdroits/F18074">service-public.gouv.fr</a></li>
            <li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://www.legifrance.gouv.fr/">legifrance.gouv.fr</a></li>
            <li class="fr-footer__content-item"><a class="fr-footer__content-link" href="https://www.data.gouv.fr/">data.gouv.fr</a></li>
          </ul>
        </div>
      </div>
      <div class="fr-footer__bottom">
        <ul class="fr-footer__bottom-list">
          !${liensObligatoires.map(
            ({ adresse, libelle }) =>
              html`<li class="fr-footer__bottom-item"><a class="fr-footer__bottom-link" href="${adresse}">${libelle}</a></li>`
          )}
        </ul>
      </div>
    </div>
  </footer>`

const bandeau = (nom: string) => html`
  <section class="bandeau" aria-label="Votre connexion">
    <div class="fr-container bandeau__contenu">
      <p class="fr-icon-account-circle-line bandeau__nom">Connecté avec FranceConnect : <strong>${nom}</strong></p>
      <a class="fr-btn fr-btn--secondary fr-btn--sm fr-btn--icon-left fr-icon-logout-box-r-line" href="/franceconnect/logout">Se déconnecter</a>
    </div>
  </section>`

/** A whole page: the State's design system, light or dark as the citizen prefers, no script at all. */
export function gabarit({ titre, contenu, connecte }: Page): string {
  return html`<!doctype html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${titre} – ${service} (démonstration)</title>
  <link rel="icon" href="/dsfr/favicon/favicon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/dsfr/dsfr.min.css">
  <link rel="stylesheet" href="/dsfr/utility/icons/icons-system/icons-system.main.min.css">
  <link rel="stylesheet" href="/dsfr/utility/icons/icons-user/icons-user.main.min.css">
  <link rel="stylesheet" href="/dsfr/sombre.css" media="(prefers-color-scheme: dark)">
  <link rel="stylesheet" href="/public/demarche.css">
</head>
<body>
  <div class="fr-skiplinks">
    <nav class="fr-container" role="navigation" aria-label="Accès rapide">
      <ul class="fr-skiplinks__list"><li><a class="fr-link" href="#contenu">Contenu</a></li></ul>
    </nav>
  </div>
  !${entete}
  !${connecte === undefined ? '' : bandeau(connecte)}
  <main id="contenu" role="main" tabindex="-1">
    <div class="fr-container fr-py-4w">
      <div class="fr-grid-row"><div class="fr-col-12 fr-col-lg-8">
        !${contenu}
      </div></div>
    </div>
  </main>
  !${pied}
</body>
</html>`
}
