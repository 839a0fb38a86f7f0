import type { FastifyInstance, FastifyRequest } from 'fastify'
import { constituer } from '../depot.ts'
import type { Dossiers } from '../dossiers.ts'
import { lireSaisie, type Saisie, verifier } from '../formulaire.ts'
import { identiteCertifiee } from '../identite.ts'
import { derniereAnneeImposee, lireAdministrations } from '../lectures.ts'
import { memeOrigine } from '../meme-origine.ts'
import { certifiees, pageDemande } from '../pages/demande.ts'
import { messageAnnulation, messageReconnexion, messageSansFranceConnect } from '../pages/messages.ts'
import { preremplir } from '../preremplissage.ts'

/** Everything that the form is made of besides what is typed: who the citizen is and what administrations answered. */
async function situation(request: FastifyRequest) {
  const login = request.franceConnect
  const lectures = login === null ? null : await lireAdministrations(request)
  return {
    identite: login === null ? null : identiteCertifiee(login),
    sub: login?.sub ?? null,
    lectures,
    prerempli: preremplir(lectures)
  }
}

export function routesDemande(app: FastifyInstance, dossiers: Dossiers, baseUrl: string): void {
  const donnees = [
    app.fcData.require('dgfip/situation-ir', () => ({ annrev: derniereAnneeImposee() })),
    app.fcData.require('dss/quotient-familial')
  ]

  app.get('/demande', { preHandler: donnees }, async (request, reply) => {
    const page = await situation(request)
    const saisie = { ...lireSaisie({}), personnes: String(page.prerempli.personnes ?? '') }
    return reply.html(pageDemande({ ...page, etat: { saisie, erreurs: {} }, message: '' }))
  })

  app.get<{ Querystring: { motif?: string } }>('/demande/sans-franceconnect', async (request, reply) => {
    if (request.franceConnect !== null) return reply.redirect('/demande')
    const bouton = app.franceConnect.button({ returnTo: '/demande' })
    const message = request.query.motif === 'annulation' ? messageAnnulation(bouton) : messageSansFranceConnect(bouton)
    return reply.html(
      pageDemande({ ...(await situation(request)), etat: { saisie: lireSaisie({}), erreurs: {} }, message })
    )
  })

  app.post('/demande', { onRequest: memeOrigine(baseUrl) }, async (request, reply) => {
    const saisie = lireSaisie(request.body)
    const page = await situation(request)
    const perdues = disparues(saisie, certifiees(page))
    if (perdues.length > 0) {
      const message = messageReconnexion(page.identite === null)
      return reply.code(401).html(pageDemande({ ...page, etat: { saisie, erreurs: {} }, message }))
    }
    const aFournir = { identite: page.identite === null, revenu: page.prerempli.revenu === null }
    const { valeurs, erreurs } = verifier(saisie, aFournir)
    if (Object.keys(erreurs).length > 0) {
      return reply.code(422).html(pageDemande({ ...page, etat: { saisie, erreurs }, message: '' }))
    }
    const { reference } = await dossiers.deposer(constituer({ ...page, saisie, valeurs }))
    if (page.sub === null) request.session.demandes = [...(request.session.demandes ?? []).slice(-19), reference]
    return reply.redirect(`/demande/${reference}`, 303)
  })
}

/** Certified parts that the citizen had before their eyes and that this request no longer finds. */
function disparues(saisie: Saisie, presentes: readonly string[]): string[] {
  return saisie.certifiees.split(' ').filter((partie) => partie !== '' && !presentes.includes(partie))
}
