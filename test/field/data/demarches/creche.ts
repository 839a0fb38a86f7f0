import Fastify, { type FastifyInstance } from 'fastify'
import fcData, { type FcDataOptions, parseBirthdate } from 'fastify-fc-data'
import franceConnect, { type FranceConnectOptions } from 'fastify-franceconnect'

/** Taux d'effort horaire en accueil collectif, selon le nombre d'enfants à charge. */
const TAUX = [0.000619, 0.000516, 0.000413, 0.00031]

/** Demande de place en crèche : les enfants de moins de quatre ans et le tarif horaire, de la participation familiale. */
export async function creche(login: FranceConnectOptions, data: Partial<FcDataOptions>): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(franceConnect, login)
  await app.register(fcData, { apis: ['dss/participation-familiale-eaje'], ...data })
  app.get('/creche', { preHandler: app.fcData.require('dss/participation-familiale-eaje') }, async (request) => {
    const { data, meta, error } = await request.fcData.try('dss/participation-familiale-eaje')
    if (error) return { message: error.userMessage, formulaire: true }
    if (!data) {
      const aucun = meta.reason?.meaning === 'noneEligible'
      const message = aucun ? 'Aucun enfant de moins de sept ans à charge.' : 'Aucun dossier n’a été trouvé.'
      return { message, formulaire: !aucun }
    }
    const enfants = (data.enfants ?? [])
      .map(({ prenoms, date_naissance }) => ({ prenoms, ages: parseBirthdate(date_naissance)?.agesOn() }))
      .filter(({ ages }) => ages && ages.atLeast < 4)
    const { nombre_enfants_a_charge, base_ressources_annuelles } = data.parametres_calcul_participation_familiale ?? {}
    const ressources = base_ressources_annuelles?.valeur
    if (ressources == null || nombre_enfants_a_charge == null) return { enfants, formulaire: true }
    const taux = TAUX[Math.min(nombre_enfants_a_charge, TAUX.length) - 1] ?? TAUX[0]!
    return { enfants, tarifHoraire: Math.round(((ressources / 12) * taux + Number.EPSILON) * 100) / 100 }
  })
  return app
}
