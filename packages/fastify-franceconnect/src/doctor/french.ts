/** What the plugin says of an option at boot, in French: the problem, and what is expected where it is not plain. */
const sentences: [english: RegExp, french: string, fix?: string][] = [
  [/^is missing/, 'manque', 'La variable d’environnement est-elle définie ?'],
  [/^is unknown/, 'est inconnue'],
  [/^is not taken/, 'n’est pas prise : c’est l’option secret qui signe la session', 'Retirez-la.'],
  [/^is strict/, 'est strict : le navigateur n’enverrait pas le cookie au retour de FranceConnect', "sameSite: 'lax'"],
  [/^is 'none'/, 'vaut none, que les navigateurs ne prennent qu’avec Secure, en https', "sameSite: 'lax'"],
  [
    /^is true, which browsers take/,
    'vaut true, que les navigateurs ne prennent qu’avec Secure, en https',
    'Retirez-la.'
  ],
  [/^is of everybody/, 'est le domaine de tout le monde, que les navigateurs refusent', 'Un domaine à vous, ou rien.'],
  [/^is a dispatcher of undici 6/, 'est un dispatcher d’undici 6', 'Installez undici 7.'],
  [
    /^is of FranceConnect v1/,
    'est celui de FranceConnect v1, un autre protocole',
    'environment, ou l’adresse en /api/v2.'
  ],
  [/^ends with a slash/, 'finit par une barre oblique, que FranceConnect n’a pas', 'Retirez-la.'],
  [/^is no value of SameSite/, 'n’est pas une valeur de SameSite', "sameSite: 'lax'"],
  [
    /^is true and baseUrl is http/,
    'vaut true alors que baseUrl est en http : la session ne serait jamais gardée',
    'Retirez-la : elle suit baseUrl.'
  ],
  [/^is no boolean|^is not a boolean/, 'n’est pas un booléen', 'true ou false.'],
  [/^is no whole number of milliseconds/, 'n’est pas un nombre entier de millisecondes', 'Une heure : 3600000.'],
  [/^is in milliseconds/, 'se compte en millisecondes et finirait dans la minute', 'Une heure : 3600000.'],
  [/^is a number of days in seconds/, 'se compte en millisecondes, et non en secondes', 'Une heure : 3600000.'],
  [/^is no Date/, 'n’est pas une date à venir', 'Préférez maxAge, en millisecondes.'],
  [/^does not cover (\S+)/, 'ne couvre pas $1', "path: '/'"],
  [/^is not a domain of baseUrl/, 'n’est pas un domaine de baseUrl'],
  [
    /^begins with (__\w+-)/,
    'commence par $1, que les navigateurs refusent ici',
    'Choisissez un autre nom, ou laissez celui du plugin.'
  ],
  [/^cannot be put in a cookie/, 'ne peut pas être mise dans un cookie', 'Lettres, chiffres et tirets.'],
  [
    /^takes no callback/,
    'ne prend pas de fonction de rappel : magasin à promesses, ou client Redis',
    'new RedisStore({ client }), de connect-redis.'
  ],
  [/^has no function (\w+)/, 'n’a pas de fonction $1', 'Un magasin de sessions, comme celui de connect-redis.'],
  [/^is too short/, 'est trop court', '32 caractères au moins : openssl rand -hex 32'],
  [/^is an empty array|^is not a list|^is not an object|^are missing/, 'n’a pas la forme attendue'],
  [/^is not an algorithm/, 'n’est pas un algorithme de FranceConnect', 'ES256 ou RS256.'],
  [/^is refused by FranceConnect\+/, 'est refusé par FranceConnect+', 'ES256.'],
  [/^is not a level/, 'n’est pas un niveau connu', 'eidas1, eidas2 ou eidas3.'],
  [/^holds a comma/, 'contient une virgule', 'Séparez les scopes par des espaces, ou donnez un tableau.'],
  [/^lacks 'openid'/, 'ne contient pas openid', 'Ajoutez openid.'],
  [/^is not (a path|an issuer URL|an http\(s\) URL|the address)/, 'n’est pas une adresse valable'],
  [/^is not https/, 'n’est pas en https', 'https://…'],
  [/^gives one path to two routes/, 'donne un même chemin à deux routes'],
  [/^is out of range/, 'est hors limites, ou n’est pas un nombre entier'],
  [/^is not a function/, 'n’est pas une fonction'],
  [/^is not an undici Dispatcher/, 'n’est pas un Dispatcher d’undici', 'Agent ou ProxyAgent, du paquet undici.'],
  [/^is not for encryption/, 'n’est pas une clé de chiffrement (use)', "use: 'enc'"],
  [/^is not a (private )?JWK/, 'n’est pas une clé privée au format JWK'],
  [/^is an RSA key under/, 'est une clé RSA de moins de 2048 bits'],
  [/^is neither an RSA key/, 'n’est ni une clé RSA ni une clé EC P-256'],
  [/^has an alg/, 'porte un alg qui ne va pas avec la clé']
]

/** An option that the plugin refuses at boot. */
export interface Refusal {
  option: string
  message: string
  fix?: string
}

/** Reads the sentence of a boot error: `option "name" problem; expected something.` */
export function inFrench(sentence: string): Refusal | null {
  const [, option, problem = '', expected = ''] = /option "([^"]+)" (.+); expected (.+)\.$/s.exec(sentence) ?? []
  if (option === undefined) return null
  const known = sentences.find(([english]) => english.test(problem))
  if (known === undefined) return { option, message: `${option} est refusée au démarrage.`, fix: expected }
  const [english, french, given] = known
  const found = english.exec(problem)
  const meant = /^"(\w+)"$/.exec(expected)?.[1]
  const fix = meant ? `Vouliez-vous écrire ${meant} ?` : given
  return { option, message: `${option} ${french.replace('$1', found?.[1] ?? '')}.`, ...(fix ? { fix } : {}) }
}
