import { fields, integer, list, text } from '../fields.ts'

/** Pieces shared by the answers on the impôt sur le revenu. */
export const personnesACharge = fields({
  nbPac: integer,
  nbPacF: integer,
  nbPacG: integer,
  nbPacH: integer,
  nbPacI: integer,
  nbPacR: integer,
  nbPacJ: integer,
  nbPacN: integer,
  nbPacP: integer
})

export const dateNaissance = fields({ jour: text, mois: text, annee: text })

export const adresseDetail = fields({ complementAdresse: text, voie: text, getcommune: text, getcodePostal: text })

export const situationDeclaree = fields({
  sitPartP: text,
  sitPartF: text,
  sitPartW: text,
  sitComb: text,
  pensVeufGuerre: text,
  indEnfSeul5ansMin: text,
  indNonSeul: text
})

const ligne = fields({ code: text, valeur: text })

export const revenus = fields({
  tspr: list(ligne),
  rcm: list(ligne),
  pv: list(ligne),
  fonc: list(ligne),
  pro: list(ligne),
  chges: list(ligne),
  rici: list(ligne),
  alpha: list(ligne),
  div: list(ligne)
})
