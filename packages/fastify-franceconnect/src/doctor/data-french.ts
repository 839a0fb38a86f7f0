/** What fastify-fc-data says of an option at boot, in French, and what to do where it is not plain. */
const sentences: [english: RegExp, french: string, fix?: string][] = [
  [/^is unknown; known: (.+)$/s, 'est inconnue', 'Options connues : $1.'],
  [/^is already an API of the catalogue/, 'est le nom d’une API du catalogue', 'Choisissez-en un autre.'],
  [
    /^is required where the login plugin has an issuer/,
    'manque : il la faut quand la connexion passe par un issuer, ou par un autre plugin'
  ],
  [
    /^is required with store where/,
    'manque : store demande un secret quand fastify-franceconnect n’est pas enregistré',
    'openssl rand -hex 32'
  ],
  [/^is required, or register/, 'manque : donnez-la, ou enregistrez fastify-franceconnect avant ce plugin'],
  [/^is required: an API of this provider/, 'manque : une API de ce fournisseur est dans apis'],
  [
    /^is required: the scopes of the DGFiP/,
    'manque : les scopes de la DGFiP ne peuvent pas être demandés tous ensemble',
    'Listez ceux de votre habilitation.'
  ],
  [/^must be a TypeBox schema/, 'doit être un schéma TypeBox'],
  [/^must be a function/, 'doit être une fonction'],
  [/^must be a non-empty text/, 'doit être un texte non vide', 'La variable d’environnement est-elle définie ?'],
  [
    /^must be a text of at least 32 characters/,
    'doit être un texte de 32 caractères au moins, ou un tableau de tels textes',
    'openssl rand -hex 32'
  ],
  [/^must be a whole number of milliseconds/, 'doit être un nombre entier de millisecondes, de 1 à 120 000'],
  [/^must be a whole number of seconds/, 'doit être un nombre entier de secondes, de 1 à 86 400, ou false'],
  [/^must be an array of API names/, 'doit être un tableau de noms d’API'],
  [/^must be an array of scopes/, 'doit être un tableau de scopes'],
  [/^must be an array with the API/, 'doit être un tableau des API auxquelles ce service a droit'],
  [/^must be an object/, 'doit être un objet'],
  [
    /^must be an https URL/,
    'doit être une adresse en https (http sur une adresse locale), sans identifiant, paramètre ni fragment'
  ],
  [/^must be the SIRET/, 'doit être le SIRET de l’organisme qui a droit aux données : 14 chiffres, clé comprise'],
  [/^must be made of visible ASCII/, 'ne prend que des caractères ASCII visibles'],
  [/^must be true or false/, 'doit valoir true ou false'],
  [/^must be 'GET' or 'POST'/, 'doit valoir GET ou POST'],
  [/^must have a name and headers\(\)/, 'doit avoir name et headers()'],
  [/^must have (.+)$/, 'doit avoir $1'],
  [/^must declare "([^"]+)"/, 'doit déclarer $1, que l’url nomme'],
  [/^must hold at least one dgfip_annee/, 'doit contenir au moins un scope dgfip_annee_*'],
  [/^must hold at least one scope/, 'doit contenir au moins un scope de votre habilitation'],
  [/^must not hold a fragment/, 'ne doit pas contenir de fragment'],
  [/^must not hold (\S+) beside another year/, 'ne doit pas contenir $1 à côté d’une autre année'],
  [/^names an API that is not in apis/, 'nomme une API qui n’est pas dans apis'],
  [/^names "([^"]+)", which cannot be called/, 'nomme $1, qui ne s’appelle pas sans paramètres'],
  [/^names "([^"]+)", whose scopes are not asked/, 'nomme $1, dont les scopes ne sont pas demandés à la connexion'],
  [/^needs fastify-franceconnect/, 'demande fastify-franceconnect : elle agit à ses connexions'],
  [/^needs hold/, 'demande hold : ce qui est lu doit être gardé pour la page'],
  [/^takes \{name\} in its path only/, 'ne prend {nom} que dans son chemin'],
  [/^lists "([^"]+)" twice/, 'contient $1 deux fois'],
  [
    /^lists "([^"]+)", whose scopes FranceConnect\+/,
    'contient $1, dont FranceConnect+ ne connaît pas les scopes',
    'Connectez-vous avec FranceConnect : acrValues vaut eidas1.'
  ],
  [/^is a dispatcher of undici 6/, 'est un dispatcher d’undici 6', 'Installez undici 7.'],
  [/^is not a schema that can be read: it is no schema/, 'n’est pas un schéma'],
  [/^is not a schema that can be read: .*TypeBox cannot read/, 'est un schéma que TypeBox ne peut pas lire'],
  [/^is not a schema that can be read: .*a rule that is not known/, 'contient une règle inconnue'],
  [
    /^is not a schema that can be read: (?:its|a) pattern/,
    'contient un motif (pattern) qui n’est pas une expression régulière'
  ],
  [/^is not a schema that can be read: "([^"]*)" is not a type/, 'contient « $1 », qui n’est pas un type']
]

/** The problem and what to do about it, in French; `null` for a sentence that is not known. */
export function dataProblem(english: string): { problem: string; fix?: string } | null {
  for (const [known, french, fix] of sentences) {
    const given = known.exec(english)?.[1] ?? ''
    if (!known.test(english)) continue
    return { problem: french.replace('$1', given), ...(fix === undefined ? {} : { fix: fix.replace('$1', given) }) }
  }
  return null
}
