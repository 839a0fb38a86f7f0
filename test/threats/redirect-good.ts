/** Paths of the service, and how they must come out: percent-encoded, otherwise untouched. */
export const good: [given: string, expected: string][] = [
  ['/', '/'],
  ['/apres', '/apres'],
  ['/dossier/2024-11', '/dossier/2024-11'],
  ['/dossier/', '/dossier/'],
  ['/dossier?etape=2', '/dossier?etape=2'],
  ['/dossier?etape=2&retour=/accueil', '/dossier?etape=2&retour=/accueil'],
  ['/dossier?next=https://service.example/a', '/dossier?next=https://service.example/a'],
  ['/dossier#etape-2', '/dossier#etape-2'],
  ['/dossier?a=1#b', '/dossier?a=1#b'],
  ['/démarche', '/d%C3%A9marche'],
  ['/d%C3%A9marche', '/d%C3%A9marche'],
  ['/démarche?ville=Orléans', '/d%C3%A9marche?ville=Orl%C3%A9ans'],
  ['/a b', '/a%20b'],
  ['/œuvre/漢字', '/%C5%93uvre/%E6%BC%A2%E5%AD%97'],
  ['/@mairie', '/@mairie'],
  ['/a:b', '/a:b'],
  ['/a;b=c', '/a;b=c'],
  ['/a+b?c=d+e', '/a+b?c=d+e'],
  ['/%2Fa', '/%2Fa'],
  ['/franceconnexion', '/franceconnexion'],
  ['/franceconnect/aide', '/franceconnect/aide'],
  ['/franceconnect/logout-info', '/franceconnect/logout-info'],
  [`/${'a'.repeat(1023)}`, `/${'a'.repeat(1023)}`]
]

/** Raw queries whose `returnTo` is not one string. */
export const notOneString = [
  'returnTo=/a&returnTo=/b',
  'returnTo=/a&returnTo=//evil.example',
  'returnTo[]=/a',
  'returnTo[a]=/b',
  'returnTo[__proto__]=/b',
  '__proto__[returnTo]=//evil.example',
  'returnTo',
  'returnTo=',
  'returnTo=%',
  'returnTo=%E0%A4%A',
  'returnTo=%00',
  'returnto=/a',
  'ReturnTo=//evil.example'
]
