import Fastify, { type FastifyInstance } from 'fastify'
import fcData, { type FcDataOptions } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'

/** Carte de transport étudiante : inscrit, elle est à demi-tarif ; boursier, elle est gratuite. */
export async function carteTransport(
  login: FranceConnectOptions,
  data: Partial<FcDataOptions>
): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(franceConnect, login)
  await app.register(fcData, {
    apis: [
      { name: 'mesri/statut-etudiant', scopes: ['mesri_admissions', 'mesri_admission_inscrit'] },
      { name: 'cnous/etudiant-boursier', scopes: ['cnous_statut_boursier'] }
    ],
    ...data
  })
  const preHandler = [app.fcData.require('mesri/statut-etudiant'), app.fcData.require('cnous/etudiant-boursier')]
  app.get('/carte', { preHandler }, async (request) => {
    const [etudes, bourse] = await Promise.all([
      request.fcData.try('mesri/statut-etudiant'),
      request.fcData.try('cnous/etudiant-boursier')
    ])
    const aujourdhui = new Date().toISOString().slice(0, 10)
    const inscrit = etudes.data?.admissions?.some(
      ({ est_inscrit, date_debut = '', date_fin = '9999' }) =>
        est_inscrit && date_debut <= aujourdhui && aujourdhui <= date_fin
    )
    if (bourse.data?.statut_boursier?.est_boursier) return { tarif: 'gratuit' }
    if (inscrit) return { tarif: 'demi', aVerifier: bourse.error?.userMessage }
    const message = (etudes.error ?? bourse.error)?.userMessage ?? 'Vous n’êtes inscrit dans aucun établissement.'
    return { message, justificatif: true }
  })
  return app
}
