/** Misfortunes of the reliability run, and what they are in French. */
const misfortunes: Record<string, string> = {
  'Redis killed and started again under load':
    '**Redis tué puis relancé sous la charge** : kill -9 pendant que 20 usagers ouvrent des pages sur deux processus, 3 s sans lui (30 s avec --long), puis relancé',
  'A data provider that never answers':
    '**Un fournisseur de données qui ne répond jamais** : API Particulier se tait 8 s (60 s avec --long) pendant que 10 usagers demandent des données et que 10 autres ouvrent des pages',
  'FranceConnect down':
    '**FranceConnect en panne** : toute connexion vers lui est coupée pendant 5 s (60 s avec --long), avec des connexions à mi-chemin, 10 usagers au travail, un qui part',
  'Clocks that differ':
    '**Des horloges qui diffèrent** : un service en retard ou en avance de 8 s sur FranceConnect, puis en retard de 30 s et en avance de 75 s, tolérance 10 s',
  'Signing keys changed in the middle of logins':
    '**Des clés de signature changées au milieu des connexions** : quatre changements sous le même kid, chacun avec 8 connexions entre leur début et leur retour',
  'A process killed between callback and redirect':
    '**Un processus tué entre le retour et la redirection** : FranceConnect est lent, le processus qui traite 5 retours reçoit kill -9 pendant ce temps ; les navigateurs essaient l’autre',
  '10,000 logins that never return':
    '**10 000 connexions qui ne reviennent jamais** : 10 000 navigateurs commencent une connexion sur un processus, 32 à la fois, et restent chez FranceConnect',
  '3,000 citizens who never log out':
    '**3 000 usagers qui ne se déconnectent jamais** : 3 000 connexions sur un processus, chacun ouvre une page et part sans se déconnecter ; puis le premier revient',
  'Two processes':
    '**Deux processus** : 20 usagers commencent sur l’un, reviennent sur l’autre deux fois à la fois, rechargent sur le premier, lisent sur les deux, partent sur l’un',
  'A data provider of one’s own':
    '**Un fournisseur de données à soi** : 512 services à la fois, chacun avec son jeton, et 64 sans vrai jeton : FranceConnect bien, lent d’une seconde, en panne, revenu',
  'A cluster that loses two primaries':
    '**Un cluster qui perd deux primaires** : Redis Cluster, trois primaires et un réplica de chacun ; kill -9 de l’un pendant que 20 usagers lisent des pages et des données gardées, puis d’un autre',
  'A rolling restart over two versions of what is stored':
    '**Un redémarrage progressif sur deux versions de ce qui est gardé** : sous la charge, un processus après l’autre : vers une version qui lit les formats suivants, vers une qui les écrit, et retour',
  'A rolling rotation of the secret':
    '**Un changement progressif du secret** : sous la charge, un processus après l’autre : le nouveau secret est lu, puis il scelle',
  'A Redis that stalls under load':
    '**Un Redis qui se fige sous la charge** : arrêté au milieu de ce qu’il fait (SIGSTOP) pendant 5 s (30 s avec --long) tandis que 20 usagers ouvrent des pages et que d’autres se connectent, puis repris',
  'A primary of Redis Sentinel that stalls':
    '**Un primaire de Redis Sentinel qui se fige** : deux réplicas, trois sentinelles ; le primaire arrêté au milieu de ce qu’il fait (SIGSTOP) jusqu’à ce qu’un réplica ait sa place et 3 s de plus, sous la même charge, puis repris',
  'PostgreSQL killed and started again under load':
    '**PostgreSQL tué puis relancé sous la charge** : sessions par connect-pg-simple ; kill -9 pendant que 20 usagers ouvrent des pages sur deux processus, 3 s sans lui, puis relancé'
}

const words: [english: RegExp, french: string][] = [
  [/\bmisfortune\b/, 'incident'],
  [/\brequests\b/g, 'requêtes'],
  [/\bslowest answer\b/, 'réponse la plus lente'],
  [/\bback to normal\b/, 'retour à la normale'],
  [/\bseen\b/, 'vu'],
  [/\bverdict\b/, 'verdict'],
  [/\bas promised\b/g, 'comme promis'],
  [/\bAs promised\b/g, 'Comme promis'],
  [/\bat once\b/g, 'aussitôt'],
  [/(\d+) of (\d+) logins kept/, '$1 connexions gardées sur $2'],
  [
    /; a replica in its place after ([\d.]+) s, followed ([\d.]+) s after it went on/,
    ' ; un réplica à sa place après $1 s, suivi $2 s après la reprise'
  ],
  [
    /(\d+) of (\d+) logins half way ended on another version/,
    '$1 connexions à mi-chemin sur $2 finies sur une autre version'
  ],
  [
    /(\d+) of (\d+) logins half way ended; everybody served ([\d.]+) s and ([\d.]+) s after each kill \(the cluster itself ([\d.]+) s and ([\d.]+) s\)/,
    '$1 connexions à mi-chemin sur $2 finies ; tout le monde servi $3 s et $4 s après chaque kill (le cluster lui-même $5 s et $6 s)'
  ],
  [/; the last six rows (\S+), on a busy machine\./, ' ; les six dernières lignes le $1, sur une machine occupée.'],
  [/\bdata (\d)/, 'données $1'],
  [/; the slowest\b|, the slowest\b/g, ', la plus lente'],
  [/\blogins half way\b/, 'connexions à mi-chemin'],
  [/\blogout (\d)/, 'déconnexion $1'],
  [/\blogin (\d)/, 'connexion $1'],
  [/\bpage (\d)/, 'page $1'],
  [/: logged in\b/g, ' : connecté'],
  [/: refused\b/g, ' : refusé'],
  [/\bcallbacks (\d)/, 'retours $1'],
  [
    /(\d+) callbacks cut, tried again on the other process: (\d+) logged in, (\d+) told to start again and then logged in; (\d+) of (\d+) logins begun before ended on it/,
    '$1 retours coupés, essayés de nouveau sur l’autre processus : $2 connectés, $3 invités à recommencer puis connectés ; $4 connexions sur $5 commencées avant ont fini sur lui'
  ],
  [/(\d+) keys in the store, heap ([\d.]+) MB more/, '$1 clé dans le store, $2 Mo de tas en plus'],
  [
    /heap ([\d.]+) MB after (\d+) logins, ([\d.]+) MB after (\d+), ([\d.]+) MB after 3,000; the first one is still logged in/,
    'tas de $1 Mo après $2 connexions, $3 Mo après $4, $5 Mo après 3 000 ; le premier est toujours connecté'
  ],
  [
    /\bwell (\d+) × (\d+) in (\d+) ms at most, slow (\d+) × (\d+), down (\d+) × (\d+), back (\d+) × (\d+); without a real token/,
    'bien $1 × $2 en $3 ms au plus, lent $4 × $5, en panne $6 × $7, revenu $8 × $9 ; sans vrai jeton'
  ],
  [/^### Soak: (\d+) s on two processes/, '### Endurance : $1 s sur deux processus'],
  [/\blost\b/, 'perdues'],
  [/, slowest (\d+) ms/, ', la plus lente $1 ms'],
  [
    /\| second \| process \| heap MB \| memory MB \| sockets \| timers \| keys in Redis \|/,
    '| seconde | processus | tas, Mo | mémoire, Mo | sockets | minuteries | clés dans Redis |'
  ],
  [/, (\d+) cores\b/, ', $1 cœurs'],
  [/(\S);(?= )/g, '$1 ;']
]

function line(text: string, unsaid: string[]): string {
  const [, head = '', name = '', rest = ''] = /^(\| )\*\*(.+?)\*\*.*?( \| \d.*)$/.exec(text) ?? []
  if (name !== '' && !(name in misfortunes)) unsaid.push(name)
  const own = name === '' ? text : rest
  const french = words.reduce((said, [english, replaced]) => said.replace(english, replaced), own.replaceAll(' ;', ';'))
  return name === '' ? french : `${head}${misfortunes[name] ?? name}${french}`
}

const marks = /<!-- figures -->\n([\s\S]*)<!-- end of figures -->/

/** docs/fr/reliability.md with the figures of the English page, and the misfortunes that have no French. */
export function figuresInFrench(french: string, english: string): { text: string; unsaid: string[] } {
  const unsaid: string[] = []
  const figures = (marks.exec(english)?.[1] ?? '').split('\n').map((text) => line(text, unsaid))
  const text = french.replace(marks, () => `<!-- figures -->\n${figures.join('\n')}<!-- end of figures -->`)
  return { text, unsaid }
}
