import type { Explanation } from './view.ts'

const say = (why: string, change: string): Explanation => ({ why, change })

const secret = 'Envoyez dans le corps du formulaire le client_id et le client_secret donnés par FranceConnect.'
const restart = 'Recommencez depuis le service, dans un seul onglet.'
const citizenSide =
  'Rien à changer dans le code : le service doit accepter que le citoyen ne revienne pas, ou revienne avec une erreur.'

/** What each code of FranceConnect means, and what a developer does about it. */
export const explanations: Record<string, Explanation> = {
  Y000400: say('La requête est mal formée.', 'Comparez les paramètres envoyés avec la documentation de cette adresse.'),
  Y000404: say(
    'Cette adresse n’existe pas sur FranceConnect.',
    'Lisez les adresses dans le document de configuration (discovery) au lieu de les écrire.'
  ),
  Y030007: say(
    'FranceConnect refuse les paramètres de la demande : sa liste est fermée, et chacun a sa règle.',
    'Envoyez client_id, response_type=code, redirect_uri, scope, state, nonce (22 caractères ou plus) et acr_values ; en plus, seulement prompt, claims, idp_hint ou ui_locales. Pas de PKCE.'
  ),
  Y04C013C: say(
    'L’adresse de retour n’est aucune de celles que le service a déclarées.',
    'Déclarez exactement cette adresse (comparée octet par octet), ou envoyez celle qui est déclarée. Au bac à sable : --base-url ou redirectUris.'
  ),
  Y04CFAEF: say(
    'L’adresse de retour après déconnexion n’est pas déclarée.',
    'Déclarez exactement cette adresse dans postLogoutRedirectUris, ou envoyez celle qui est déclarée.'
  ),
  Y04EA6EF: say(
    'FranceConnect ne connaît pas ce client_id.',
    'Vérifiez le client_id, et que le service est bien déclaré sur cette plateforme (FranceConnect et FranceConnect+ sont deux).'
  ),
  Y0479FCE: say('FranceConnect ne connaît pas ce client_id.', 'Vérifiez le client_id envoyé à cette adresse.'),
  Y043310B: say(
    'La déclaration du service chez FranceConnect+ est inutilisable.',
    'Il lui faut idTokenEncryptedResponseAlg, des clés (jwksUri ou jwks), la signature ES256 et seulement des scopes que FranceConnect+ connaît.'
  ),
  Y0434A7B: say('Le client_secret est faux.', 'Vérifiez le secret de ce client_id, sans espace ni retour à la ligne.'),
  Y044D82C: say(
    'Le client_secret manque, ou est remplacé par une preuve que FranceConnect n’accepte pas.',
    `Pas d’assertion signée (private_key_jwt, client_secret_jwt). ${secret}`
  ),
  Y044FEB3: say('Aucun secret n’est envoyé.', secret),
  Y048017B: say(
    'Il manque un paramètre.',
    'Le détail entre parenthèses le nomme. /token veut grant_type, code, redirect_uri, client_id et client_secret.'
  ),
  Y04F8199: say(
    'Le redirect_uri envoyé à /token n’est pas celui de la demande de connexion.',
    'Envoyez aux deux endroits la même adresse, octet par octet.'
  ),
  Y04C2044: say(
    'Ce grant_type n’existe pas chez FranceConnect.',
    'Envoyez grant_type=authorization_code. Il n’y a pas de refresh token.'
  ),
  Y049E20B: say(
    'FranceConnect ne connaît pas ce code, ou plus : il vit 30 secondes.',
    'Échangez le code dès le retour du citoyen, et une seule fois.'
  ),
  Y0416228: say(
    'Ce code a déjà servi : le jeton qu’il avait donné est révoqué.',
    'Échangez chaque code une seule fois : un retour rechargé par le citoyen ne doit pas rejouer l’échange.'
  ),
  Y0446550: say(
    'PKCE est refusé, bien que la configuration publiée l’annonce.',
    'N’envoyez ni code_challenge ni code_verifier.'
  ),
  Y043C322: say('Le corps n’est pas un formulaire.', 'Envoyez Content-Type: application/x-www-form-urlencoded.'),
  Y047A2EA: say(
    'Ce code, ou ce jeton, a été donné à un autre client.',
    'Utilisez le client_id de la demande de connexion.'
  ),
  Y04146A2: say('Aucun jeton d’accès n’est envoyé.', 'Envoyez Authorization: Bearer <jeton>.'),
  Y0489D15: say(
    'FranceConnect ne répond plus à userinfo pour ce jeton : il n’y répond que 30 secondes après la page d’information (ou le jeton est inconnu, expiré, révoqué).',
    'Appelez userinfo tout de suite après /token, dans le retour du citoyen, et gardez la réponse.'
  ),
  Y049D91E: say('La connexion est trop ancienne.', 'Appelez userinfo tout de suite après /token.'),
  Y044D511: say(
    'FranceConnect+ n’a pas pu lire les clés du service (jwksUri).',
    'L’adresse doit répondre en 6 secondes, en JSON, et ne pas être sur localhost (écrivez 127.0.0.1 au bac à sable).'
  ),
  Y046B607: say(
    'Les clés du service n’en contiennent aucune pour chiffrer.',
    'Publiez une clé avec use "enc" et l’algorithme déclaré.'
  ),
  Y04FEDB9: say(
    'L’id_token_hint n’est pas un ID Token que FranceConnect a signé.',
    'Envoyez l’ID Token reçu à la connexion, tel quel ; sur FranceConnect+, déchiffré.'
  ),
  Y0467882: say('L’id_token_hint a été donné à un autre client.', 'Envoyez l’ID Token de ce client.'),
  Y0496E4A: say('Un paramètre est envoyé deux fois.', 'Envoyez chaque paramètre une seule fois.'),
  Y04A25F2: say('Le corps de la requête est illisible.', 'Envoyez un formulaire bien encodé.'),
  Y0489AFE: say(
    'Un navigateur appelle cette adresse depuis une page.',
    'Appelez-la depuis le serveur : le secret n’est jamais dans le navigateur.'
  ),
  Y04DADA6: say('Le secret est envoyé de deux façons à la fois.', secret),
  Y045CC8C: say('Le secret est mal placé.', secret),
  Y04328E9: say('L’en-tête Authorization: Basic est mal encodé.', secret),
  Y0419ECE: say('Le client_id du corps n’est pas celui de l’en-tête Authorization.', secret),
  Y046ADF1: say('L’en-tête Authorization est mal formé.', secret),
  Y04B729E: say('L’en-tête Authorization est mal formé.', 'Envoyez Authorization: Bearer <jeton>.'),
  Y043D61A: say('L’en-tête Authorization n’est pas un Bearer.', 'Envoyez Authorization: Bearer <jeton>.'),
  Y04514E0: say(
    'Le jeton d’accès est envoyé de deux façons à la fois.',
    'Envoyez-le seulement dans Authorization: Bearer.'
  ),
  Y04CE9C8: say('Le jeton n’a pas le scope demandé.', 'Demandez ce scope à la connexion.'),
  Y041CBDC: say('Le jeton n’a pas le scope openid.', 'Demandez openid à la connexion.'),
  Y043F0A8: say(
    'Ce code est expiré : il vit 30 secondes.',
    'Échangez le code dès le retour du citoyen, et une seule fois.'
  ),
  Y04F00CD: say('Le citoyen de ce code n’existe plus.', restart),
  Y043F1C4: say('Ce jeton a été donné à un autre client.', 'Utilisez le jeton de ce client.'),
  Y0466776: say('Ce jeton a été donné à un autre client.', 'Révoquez-le avec le client_id qui l’a reçu.'),
  Y0446BD3: say(
    'La connexion est trop ancienne : userinfo répond 30 secondes.',
    'Appelez userinfo tout de suite après /token.'
  ),
  Y045AFAE: say(
    'La signature de l’id_token_hint n’est pas de FranceConnect, ou ses clés ont changé depuis.',
    'Envoyez l’ID Token reçu à la connexion, tel quel ; sur FranceConnect+, déchiffré.'
  ),
  Y0429C91: say('L’id_token_hint a été donné à un client inconnu.', 'Envoyez l’ID Token de ce client.'),
  Y047B9D9: say('Aucune déconnexion n’est en cours dans ce navigateur.', restart),
  Y04976CE: say('Le formulaire de déconnexion est périmé.', restart),
  Y04D5AB7: say('La connexion a expiré (30 minutes, 10 sur FranceConnect+).', restart),
  Y190001: say(
    'Le navigateur n’a plus de session FranceConnect : elle a expiré, ou le cookie n’est pas revenu.',
    `${restart} Si cela revient : le navigateur doit garder le même nom d’hôte pendant toute la connexion.`
  ),
  Y190004: say(
    'Cette étape n’est pas celle que FranceConnect attendait : un autre onglet a commencé une connexion, ou la page a été rejouée.',
    restart
  ),
  Y470001: say('Le formulaire est périmé : la page a été rechargée ou un autre onglet l’a remplacée.', restart),
  Y100009: say(
    'Ce service n’a pas le droit de demander amr.',
    'Retirez claims, ou demandez ce droit (claims: ["amr"] au bac à sable).'
  ),
  Y100018: say('Le fournisseur d’identité a répondu un autre niveau de garantie que celui demandé.', citizenSide),
  Y100001: say('Le fournisseur d’identité a répondu un niveau plus faible que celui demandé.', citizenSide),
  Y010015: say('Le registre dit que cette personne est décédée.', citizenSide),
  Y100011: say('Le citoyen a bloqué ce fournisseur d’identité.', citizenSide),
  Y180001: say('Le citoyen a désactivé son accès à FranceConnect.', citizenSide),
  Y600006: say('L’identité reçue du fournisseur d’identité est incomplète ou mal formée.', citizenSide)
}

/** The civil register's refusals and failures, which have one meaning for a service. */
for (const code of ['Y010004', 'Y010006', 'Y010007', 'Y010008'])
  explanations[code] = say(
    'Le registre d’identité n’a pas trouvé cette personne, ou en a trouvé plusieurs.',
    citizenSide
  )
for (const code of ['Y010009', 'Y010011', 'Y010012', 'Y010013'])
  explanations[code] = say(
    'Le registre d’identité ne répond pas.',
    'Rien à changer dans le code : proposez de réessayer plus tard, ou une autre façon de faire la démarche.'
  )

for (const code of ['Y04E1CFF', 'Y04AF36C', 'Y04EA12E', 'Y044B38D', 'Y048454B'])
  explanations[code] = say('L’assertion signée (client_assertion) est refusée.', secret)
for (const code of 'Y0452FF5 Y04813E3 Y04F20DC Y048D02B Y04D6A0A Y0493848 Y047083F Y04ADEC2 Y049A235 Y0480E8B'.split(
  ' '
))
  explanations[code] = say(
    'La preuve DPoP est refusée : FranceConnect ne l’offre à aucun service.',
    'N’envoyez ni en-tête DPoP ni jeton DPoP.'
  )
for (const code of ['Y020019', 'Y020021', 'Y020022', 'Y020025', 'Y020026'])
  explanations[code] = say(
    'La réponse du fournisseur d’identité n’est pas celle que FranceConnect attendait : page rejouée, ou adresse écrite à la main.',
    restart
  )
for (const code of ['Y470002', 'Y470004'])
  explanations[code] = say('Le formulaire a déjà été envoyé, ou il est incomplet.', restart)
explanations.Y030030 = say(
  'Aucune connexion n’est en cours dans ce navigateur, et l’adresse de retour n’est celle d’aucun service.',
  restart
)
