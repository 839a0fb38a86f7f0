import { html } from 'ghtml'
import { bareme, type Estimation } from '../bareme.ts'
import type { Dossier, Piece } from '../dossiers.ts'
import { enEuros, leJourEtLHeure } from '../textes.ts'
import { alerte, bloc, blocCertifie, donnees } from './blocs.ts'
import { gabarit } from './gabarit.ts'

/** Acknowledgment: the reference, what the ceilings say and why, and what was read from where and when. */
export function pageAccuse(dossier: Dossier, connecte: string | undefined): string {
  return gabarit({
    titre: 'Demande enregistrée',
    connecte,
    contenu: html`
    <h1>Votre demande est enregistrée</h1>
    <p class="fr-text--lead">Référence : <strong>${dossier.reference}</strong><br>
      Déposée le ${leJourEtLHeure(dossier.deposeLe)}.</p>
    !${resultat(dossier)}
    <h2 class="fr-h4">Pourquoi ce résultat</h2>
    !${explication(dossier)}
    <h2 class="fr-h4 fr-mt-4w">Ce que contient votre dossier, et d’où cela vient</h2>
    <p>L’agent qui instruit votre demande voit les mêmes réponses et les mêmes origines.</p>
    !${dossier.incidents.length === 0 ? '' : html`<ul>!${dossier.incidents.map((incident) => html`<li>${incident}</li>`)}</ul>`}
    !${origines(dossier.pieces)}
    !${
      connecte === undefined
        ? ''
        : html`
    <p class="fr-mt-4w">Vous avez terminé ? Déconnectez-vous, surtout sur un ordinateur partagé : vous quitterez aussi FranceConnect.</p>
    <p><a class="fr-btn" href="/franceconnect/logout">Me déconnecter</a></p>`
    }`
  })
}

function resultat({ estimation: { taux, depassement } }: Dossier): string {
  const reserve = html`<p>C’est une estimation : seul le bureau d’aide juridictionnelle décide.</p>`
  if (depassement !== null) {
    return alerte(
      'warning',
      `Vous dépassez le plafond de ${depassement}`,
      html`<p>L’aide devrait être refusée.</p>!${reserve}`
    )
  }
  return alerte(
    'success',
    taux === 100 ? 'Vous pourriez avoir droit à l’aide totale' : `Vous pourriez avoir droit à une aide de ${taux} %`,
    html`<p>L’État prendrait en charge ${taux} % de vos frais d’avocat et de justice.</p>!${reserve}`
  )
}

function explication({ estimation, personnes, revenu }: Dossier): string {
  const lignes = estimation.tranches.map(
    ({ taux, plafond }) => html`
      <tr!${estimation.taux === taux ? ' class="retenu"' : ''}>
        <td>Jusqu’à ${enEuros(plafond)}</td><td>${taux} %${estimation.taux === taux ? ' : votre cas' : ''}</td>
      </tr>`
  )
  return html`
  <p>Votre revenu retenu est de <strong>${enEuros(revenu)}</strong>, pour un foyer de <strong>${personnes}
    !${personnes > 1 ? 'personnes' : 'personne'}</strong>. ${phrasePatrimoine(estimation)}</p>
  <div class="fr-table fr-table--bordered fr-table--multiline"><div class="fr-table__wrapper"><div class="fr-table__container"><div class="fr-table__content">
    <table>
      <caption>Plafonds pour votre foyer</caption>
      <thead><tr><th scope="col">Revenu fiscal de référence</th><th scope="col">Part payée par l’État</th></tr></thead>
      <tbody>!${lignes}</tbody>
    </table>
  </div></div></div></div>
  <p class="fr-text--sm">Plafonds applicables depuis le 23 janvier 2025, revalorisés chaque année : ${bareme.texte}.
    <a href="${bareme.fiche}">Les plafonds en vigueur sur service-public.gouv.fr</a></p>`
}

const phrasePatrimoine = ({ patrimoineMobilier, patrimoineImmobilier }: Estimation) =>
  `Votre épargne ne doit pas dépasser ${enEuros(patrimoineMobilier)}, ni vos biens immobiliers, hors résidence principale, ${enEuros(patrimoineImmobilier)}.`

/** Answers under the administration that sent them, then those that the citizen typed. */
function origines(pieces: readonly Piece[]): string {
  const groupes = new Map<string, Piece[]>()
  for (const piece of pieces) groupes.set(piece.source ?? '', [...(groupes.get(piece.source ?? '') ?? []), piece])
  const certifieesDAbord = [...groupes].sort(([a], [b]) => Number(a === '') - Number(b === ''))
  const blocs = certifieesDAbord.map(([source, groupe]) => {
    const [{ recueLe, correlation } = { recueLe: undefined, correlation: undefined }] = groupe
    const lignes = groupe.map(({ libelle, valeur }): [string, string] => [libelle, valeur])
    if (recueLe === undefined) return bloc('Saisi par vous', donnees(lignes))
    const echange =
      correlation === undefined ? '' : html`<p class="fr-text--xs fr-mt-2w fr-mb-0">Échange ${correlation}</p>`
    return blocCertifie(source, { recueLe }, lignes, echange)
  })
  return blocs.join('')
}
