import type { Exchange } from './exchange.ts'

const titles: [method: string, route: RegExp, title: string][] = [
  ['*', /^\/authorize$/, 'Demande de connexion'],
  ['GET', /^\/authorize\/[^/]+$/, 'Fin de la connexion, retour au service avec un code'],
  ['GET', /^\/interaction\/[^/]+$/, 'Choix du fournisseur d’identité'],
  ['GET', /^\/interaction\/[^/]+\/verify$/, 'Vérification de l’identité'],
  ['GET', /^\/interaction\/[^/]+\/consent$/, 'Page d’information : données transmises'],
  ['POST', /^\/redirect-to-idp$/, 'Fournisseur d’identité choisi'],
  ['GET', /^\/fournisseur-identite\/[^/]+$/, 'Page du fournisseur d’identité'],
  ['POST', /^\/fournisseur-identite\/[^/]+$/, 'Le citoyen s’identifie'],
  ['GET', /^\/oidc-callback$/, 'Réponse du fournisseur d’identité'],
  ['POST', /^\/login$/, 'Le citoyen continue vers le service'],
  ['GET', /^\/auto-login$/, 'Connexion sans page d’information'],
  ['GET', /^\/redirect-to-sp-with-error$/, 'Le citoyen revient au service sans se connecter'],
  ['POST', /^\/token$/, 'Échange du code contre les jetons'],
  ['POST', /^\/token\/revocation$/, 'Révocation du jeton'],
  ['*', /^\/userinfo$/, 'Lecture de l’identité (userinfo)'],
  ['*', /^\/jwks$/, 'Lecture des clés de signature'],
  ['*', /^\/\.well-known\//, 'Lecture de la configuration (discovery)'],
  ['POST', /^\/checktoken$/, 'Le fournisseur de données demande ce que vaut le jeton'],
  ['GET', /^\/session\/end$/, 'Demande de déconnexion'],
  ['*', /^\/session\/end\//, 'Fin de la déconnexion'],
  ['POST', /^\/client\/disconnect-from-idp$/, 'Déconnexion du fournisseur d’identité'],
  ['GET', /^\/client\/logout-callback$/, 'Retour du fournisseur d’identité après la déconnexion'],
  ['*', /\/session\/end/, 'Déconnexion chez le fournisseur d’identité']
]

/** What an exchange is, in the words of somebody who learns FranceConnect. */
export function titleOf({ method, route, to, api }: Exchange): string {
  if (to === 'dataProvider') {
    return api === 'dgfip/token' ? 'Jeton de l’API de la DGFiP' : `Appel de données ${api ?? '(API inconnue)'}`
  }
  const found = titles.find(([verb, pattern]) => (verb === '*' || verb === method) && pattern.test(route))
  return found?.[2] ?? 'Autre requête'
}

const servers: Record<string, string> = {
  franceConnect: 'FranceConnect',
  franceConnectPlus: 'FranceConnect+',
  apiParticulier: 'API Particulier',
  dgfip: 'DGFiP',
  cnam: 'CNAM',
  franceTravail: 'France Travail'
}

/** The name of a server that the sandbox plays. */
export const serverTitle = (server: string): string => servers[server] ?? server
