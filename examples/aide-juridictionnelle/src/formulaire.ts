/** Every field that a citizen may type, with the most characters kept. */
const champs = {
  nom: 100,
  prenoms: 150,
  naissanceJour: 2,
  naissanceMois: 2,
  naissanceAnnee: 4,
  naissanceLieu: 150,
  personnes: 3,
  revenu: 20,
  revenusSixMois: 20,
  quotientFamilial: 20,
  patrimoineMobilier: 20,
  patrimoineImmobilier: 20,
  affaire: 40,
  resume: 2000,
  courriel: 200,
  honneur: 3,
  certifiees: 60
} as const

export type Champ = keyof typeof champs

/** The form as it was typed, kept word for word so that it can be shown again. */
export type Saisie = Readonly<Record<Champ, string>>

export type Erreurs = Partial<Record<Champ, string>>

export const affaires: Readonly<Record<string, string>> = {
  famille: 'Famille : divorce, garde d’enfant, pension alimentaire',
  logement: 'Logement : loyer, expulsion, voisinage',
  travail: 'Travail : licenciement, salaire',
  penal: 'Pénal : victime ou mis en cause',
  etrangers: 'Droit des étrangers',
  autre: 'Autre affaire'
}

/** What the citizen must type because no administration sent it. */
export interface AFournir {
  readonly identite: boolean
  readonly revenu: boolean
}

/** What was typed, read. `null` where nothing was typed or had to be. */
export interface Valeurs {
  readonly personnes: number
  readonly revenu: number | null
  readonly revenusSixMois: number | null
  readonly quotientFamilial: number | null
  readonly patrimoineMobilier: number
  readonly patrimoineImmobilier: number
}

/** Reads a posted form. Anything that is not one text per field counts as not typed. */
export function lireSaisie(corps: unknown): Saisie {
  const texte = (champ: Champ) => {
    const valeur = typeof corps === 'object' && corps !== null ? Reflect.get(corps, champ) : undefined
    return typeof valeur === 'string' ? valeur.trim().slice(0, champs[champ]) : ''
  }
  return Object.fromEntries(Object.keys(champs).map((champ) => [champ, texte(champ as Champ)])) as Record<Champ, string>
}

/** An amount in euros as French people type it: « 12 862 », « 12862,50 € ». `NaN` when it is not one. */
export function montant(texte: string): number {
  const net = texte.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.')
  return /^\d{1,9}(\.\d{1,2})?$/.test(net) ? Math.round(Number(net)) : Number.NaN
}

const montants = {
  revenu: 'votre revenu fiscal de référence',
  revenusSixMois: 'vos revenus des six derniers mois',
  quotientFamilial: 'votre quotient familial',
  patrimoineMobilier: 'le montant de votre épargne',
  patrimoineImmobilier: 'la valeur de vos biens immobiliers'
} as const

export function verifier(saisie: Saisie, aFournir: AFournir): { valeurs: Valeurs; erreurs: Erreurs } {
  const erreurs: Erreurs = {}
  const euros = (champ: keyof typeof montants, obligatoire: boolean): number | null => {
    if (saisie[champ] === '' && !obligatoire) return null
    const lu = montant(saisie[champ])
    if (Number.isNaN(lu)) erreurs[champ] = `Indiquez ${montants[champ]} en euros, par exemple 12 500, ou 0.`
    return lu
  }
  if (aFournir.identite) Object.assign(erreurs, erreursIdentite(saisie))
  const personnes = /^\d{1,2}$/.test(saisie.personnes) ? Number(saisie.personnes) : 0
  if (personnes < 1) erreurs.personnes = 'Indiquez le nombre de personnes de votre foyer fiscal, vous compris.'
  const revenusSixMois = euros('revenusSixMois', false)
  const revenu = aFournir.revenu ? euros('revenu', revenusSixMois === null) : null
  const valeurs = {
    personnes,
    revenu,
    revenusSixMois,
    quotientFamilial: euros('quotientFamilial', false),
    patrimoineMobilier: euros('patrimoineMobilier', true) ?? 0,
    patrimoineImmobilier: euros('patrimoineImmobilier', true) ?? 0
  }
  if (!Object.hasOwn(affaires, saisie.affaire))
    erreurs.affaire = 'Choisissez l’affaire qui ressemble le plus à la vôtre.'
  if (saisie.resume === '') erreurs.resume = 'Expliquez votre affaire en quelques phrases.'
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(saisie.courriel)) {
    erreurs.courriel = 'Indiquez une adresse électronique, par exemple nom@exemple.fr.'
  }
  if (saisie.honneur !== 'oui') erreurs.honneur = 'Cochez cette case pour envoyer votre demande.'
  return { valeurs, erreurs }
}

function erreursIdentite(saisie: Saisie): Erreurs {
  const erreurs: Erreurs = {}
  if (saisie.nom === '') erreurs.nom = 'Indiquez votre nom de naissance.'
  if (saisie.prenoms === '') erreurs.prenoms = 'Indiquez vos prénoms.'
  if (saisie.naissanceLieu === '') erreurs.naissanceLieu = 'Indiquez la ville et, à l’étranger, le pays.'
  const entre = (texte: string, max: number) => texte === '' || (/^\d{1,2}$/.test(texte) && Number(texte) <= max)
  const annee = /^\d{4}$/.test(saisie.naissanceAnnee) ? Number(saisie.naissanceAnnee) : 0
  if (annee < 1900 || annee > new Date().getFullYear()) {
    erreurs.naissanceAnnee = 'Indiquez votre année de naissance en quatre chiffres, par exemple 1985.'
  } else if (!entre(saisie.naissanceJour, 31)) {
    erreurs.naissanceJour = 'Indiquez un jour entre 1 et 31, ou laissez vide si vous ne le connaissez pas.'
  } else if (!entre(saisie.naissanceMois, 12)) {
    erreurs.naissanceMois = 'Indiquez un mois entre 1 et 12, ou laissez vide si vous ne le connaissez pas.'
  }
  return erreurs
}
