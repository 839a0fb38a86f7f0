import type { Explanation } from './view.ts'

const say = (why: string, change: string): Explanation => ({ why, change })

/** What comes back to the service in the redirect, by `error`. */
export const redirectErrors: Record<string, Explanation> = {
  access_denied: say(
    'Le citoyen n’est pas allé au bout : il a annulé, ou FranceConnect l’a refusé.',
    'Montrez-lui une page qui propose de recommencer ou de continuer sans FranceConnect ; ce n’est pas une panne.'
  ),
  invalid_scope: say(
    'Un scope demandé existe mais n’a pas été accordé à ce service.',
    'Retirez-le, ou faites-le accorder (habilitation ; scopes au bac à sable).'
  ),
  invalid_acr: say(
    'Ce niveau de garantie n’est pas celui de cette plateforme.',
    'eidas1 sur FranceConnect ; eidas2 ou eidas3 sur FranceConnect+.'
  ),
  invalid_request: say('La demande est mal formée.', 'error_description dit quel paramètre.'),
  invalid_idp_hint: say(
    'Ce fournisseur d’identité ne peut pas être choisi d’avance.',
    'Retirez idp_hint, ou employez un identifiant autorisé.'
  ),
  unsupported_response_type: say('Ce response_type n’est pas accordé.', 'Envoyez response_type=code.'),
  unsupported_response_mode: say('Ce response_mode n’est pas accepté.', 'Retirez response_mode.'),
  temporarily_unavailable: say(
    'FranceConnect, ou le registre d’identité, est momentanément indisponible.',
    'Proposez de réessayer plus tard.'
  ),
  server_error: say('FranceConnect a rencontré une erreur.', 'Proposez de réessayer plus tard.')
}

/** What `checktoken` refuses, by status. */
export const checkTokenStatuses: Record<number, Explanation> = {
  400: say(
    'FranceConnect refuse cette demande du fournisseur de données.',
    'Envoyez client_id, client_secret et token, et rien d’autre, en formulaire ou en JSON.'
  ),
  401: say(
    'FranceConnect ne connaît pas ce fournisseur de données, ou son secret est faux.',
    'Vérifiez le client_id et le client_secret du fournisseur : ce n’est pas le jeton qui est en cause.'
  ),
  500: say(
    'FranceConnect n’a pas pu chiffrer sa réponse pour le fournisseur de données (ou c’est FranceConnect+, où checktoken est en panne).',
    'Publiez à jwksUri une clé avec use "enc" et l’algorithme déclaré, à une adresse qui répond toujours.'
  )
}

/** What a data provider's status means, where its own words do not say what to do. */
export const dataStatuses: Record<number, Explanation> = {
  400: say(
    'Le fournisseur de données trouve la requête mal formée.',
    'Comparez les paramètres et les en-têtes avec sa documentation.'
  ),
  401: say(
    'Le fournisseur de données ne prend pas ce jeton (ou la clé qui l’accompagne) : absent, inconnu, ou expiré (il vit 60 secondes).',
    'Appelez l’API dans le retour du citoyen, tant que le jeton vit ; sinon, refaites une connexion.'
  ),
  403: say(
    'Le jeton est bon mais n’ouvre pas cette API.',
    'Demandez à la connexion un scope de cette API ; il doit être accordé au service.'
  ),
  404: say(
    'Le fournisseur de données n’a rien sur ce citoyen (ou cette adresse n’existe pas).',
    'Prévoyez ce cas : ce n’est pas une panne. Le citoyen remplit le formulaire à la main.'
  ),
  406: say('Le fournisseur de données n’a pas cette représentation.', 'Envoyez l’en-tête Accept de sa documentation.'),
  409: say('Un appel identique est déjà en cours.', 'N’envoyez pas deux fois le même appel en même temps.'),
  410: say('Le fournisseur de données n’a rien sur ce citoyen.', 'Prévoyez ce cas : ce n’est pas une panne.'),
  422: say(
    'Le fournisseur de données refuse un paramètre, ou l’identité du citoyen.',
    'Sa réponse nomme le paramètre ; recipient est le SIRET de votre organisme.'
  ),
  429: say('Trop d’appels.', 'Attendez le nombre de secondes de l’en-tête Retry-After.'),
  500: say(
    'Le fournisseur de données a rencontré une erreur.',
    'Réessayez plus tard, ou laissez le citoyen remplir à la main.'
  ),
  502: say(
    'Le fournisseur de données n’obtient pas de réponse de sa source, ou de FranceConnect.',
    'Réessayez plus tard, ou laissez le citoyen remplir à la main.'
  ),
  503: say('Le fournisseur de données est en maintenance.', 'Attendez le nombre de secondes de l’en-tête Retry-After.'),
  504: say('La source du fournisseur de données ne répond pas à temps.', 'Réessayez plus tard.')
}
