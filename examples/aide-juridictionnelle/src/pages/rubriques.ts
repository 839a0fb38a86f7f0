import { html } from 'ghtml'
import { affaires } from '../formulaire.ts'
import type { Identite } from '../identite.ts'
import { type Administrations, administrations, type Lecture, sujets } from '../lectures.ts'
import type { Preremplissage } from '../preremplissage.ts'
import { alerte, bloc, blocCertifie } from './blocs.ts'
import { choix, dateDeNaissance, type Etat, euros, texte, zone } from './champs.ts'

/** What the sections of the form are drawn from. */
export interface Rubriques {
  readonly etat: Etat
  /** `null` without FranceConnect. */
  readonly identite: Identite | null
  /** `null` without FranceConnect: nothing was asked of anybody. */
  readonly lectures: Partial<Administrations> | null
  readonly prerempli: Preremplissage
}

export function rubriqueIdentite({ etat, identite }: Rubriques): string {
  if (identite !== null) {
    return blocCertifie(
      'Votre identité',
      { source: administrations.identite, recueLe: identite.recueLe },
      identite.lignes
    )
  }
  return bloc(
    'Votre identité',
    [
      texte(etat, { champ: 'nom', libelle: 'Nom de naissance', remplissage: 'family-name' }),
      texte(etat, {
        champ: 'prenoms',
        libelle: 'Prénoms',
        aide: 'Tous, dans l’ordre de l’état civil.',
        remplissage: 'given-name'
      }),
      dateDeNaissance(etat),
      texte(etat, {
        champ: 'naissanceLieu',
        libelle: 'Lieu de naissance',
        aide: 'Ville et département ; à l’étranger, ville et pays.'
      })
    ].join('')
  )
}

/** Why an administration's part is to be filled by hand, in plain words. */
function pourquoi(lecture: Lecture<unknown> | undefined, sujet: string, rien: string): string {
  if (lecture === undefined) return ''
  if (lecture.etat === 'indisponible') {
    return alerte(
      'warning',
      'Nous n’avons pas pu lire cette donnée',
      html`<p>${sujet} ${lecture.explication}. Indiquez vous-même le montant ci-dessous ; le bureau d’aide juridictionnelle le vérifiera. Vous pouvez aussi <a href="/demande">réessayer dans une minute</a>.</p>`
    )
  }
  if (lecture.etat === 'perdue') {
    return alerte(
      'info',
      'Cette donnée n’est plus disponible',
      html`<p>Elle n’est gardée que trente minutes. <a href="/demande" target="_blank" rel="noopener">La demander de nouveau (nouvel onglet)</a>, puis envoyez ce formulaire ; ou indiquez-la ci-dessous.</p>`
    )
  }
  return alerte(
    'info',
    rien,
    html`<p>${sujet} n’a rien à votre nom. Ce n’est pas une erreur : complétez vous-même.</p>`
  )
}

export function rubriqueRevenus({ etat, lectures, prerempli }: Rubriques): string {
  const changement = euros(etat, {
    champ: 'revenusSixMois',
    libelle: 'Vos revenus ont changé depuis ? Revenus imposables de votre foyer sur les six derniers mois',
    aide: 'Perte d’emploi, séparation, retraite… Laissez vide si rien n’a changé.',
    facultatif: true
  })
  const impots = lectures?.impots
  if (prerempli.revenu !== null && impots?.etat === 'recue') {
    return blocCertifie(
      'Vos revenus',
      { source: administrations.impots, recueLe: impots.recueLe },
      prerempli.impots,
      html`<div class="fr-mt-3w">!${changement}</div>`
    )
  }
  return bloc(
    'Vos revenus',
    [
      pourquoi(impots, sujets.impots, `Pas d’avis d’impôt ${prerempli.annee + 1} à votre nom`),
      euros(etat, {
        champ: 'revenu',
        libelle: 'Revenu fiscal de référence, en euros',
        aide: `Il est sur la première page de votre avis d’impôt ${prerempli.annee + 1}, sur les revenus de ${prerempli.annee}.`
      }),
      changement
    ].join('')
  )
}

export function rubriqueFoyer({ etat, prerempli }: Rubriques): string {
  const definition = 'Toutes les personnes inscrites sur votre avis d’impôt.'
  return bloc(
    'Votre foyer fiscal',
    texte(etat, {
      champ: 'personnes',
      libelle: 'Nombre de personnes du foyer fiscal, vous compris',
      aide: prerempli.personnes === null ? definition : `${definition} Proposé d’après cet avis ; corrigez si besoin.`,
      clavier: 'numeric'
    })
  )
}

export function rubriqueFamille({ etat, lectures, prerempli }: Rubriques): string {
  const famille = lectures?.famille
  const usage =
    'Il n’entre pas dans le calcul. Il montre au bureau d’aide juridictionnelle votre situation de ce mois-ci.'
  if (prerempli.famille.length > 0 && famille?.etat === 'recue') {
    return blocCertifie(
      'Votre quotient familial',
      { source: prerempli.sourceFamille, recueLe: famille.recueLe },
      prerempli.famille,
      html`<p class="fr-text--sm fr-mt-2w fr-mb-0">${usage}</p>`
    )
  }
  return bloc(
    'Votre quotient familial',
    [
      pourquoi(famille, sujets.famille, 'Pas de dossier d’allocataire'),
      euros(etat, { champ: 'quotientFamilial', libelle: 'Quotient familial, en euros', aide: usage, facultatif: true })
    ].join('')
  )
}

export function rubriquePatrimoine({ etat }: Rubriques): string {
  return bloc(
    'Votre patrimoine',
    [
      euros(etat, {
        champ: 'patrimoineMobilier',
        libelle: 'Épargne et biens de valeur, en euros',
        aide: 'Livrets, comptes, assurance-vie, véhicules… Indiquez 0 s’il n’y en a pas.'
      }),
      euros(etat, {
        champ: 'patrimoineImmobilier',
        libelle: 'Immobilier hors résidence principale, en euros',
        aide: 'Terrains et logements autres que celui où vous vivez. Indiquez 0 s’il n’y en a pas.'
      })
    ].join('')
  )
}

export function rubriqueAffaire({ etat }: Rubriques): string {
  return bloc(
    'Votre affaire',
    [
      choix(etat, { champ: 'affaire', libelle: 'De quoi s’agit-il ?' }, affaires),
      zone(etat, {
        champ: 'resume',
        libelle: 'En quelques phrases',
        aide: 'Qui est concerné, depuis quand, ce que vous demandez.'
      }),
      texte(etat, {
        champ: 'courriel',
        libelle: 'Adresse électronique',
        aide: 'Pour vous prévenir de la décision. Format attendu : nom@exemple.fr',
        type: 'email',
        clavier: 'email',
        remplissage: 'email'
      })
    ].join('')
  )
}
