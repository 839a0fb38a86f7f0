/** A simulated identity provider. */
export interface IdentityProvider {
  uid: string
  name: string
  /** The highest level that it gives. */
  acr: string
  /** Whether `idp_hint` may name it. */
  hintable: boolean
}

const provider = (uid: string, name: string, acr: string, hintable = false): IdentityProvider => ({
  uid,
  name,
  acr,
  hintable
})

/** The identity providers of the choice page. All are simulated; their names are the ones citizens know. */
export const identityProviders: Record<'franceConnect' | 'franceConnectPlus', IdentityProvider[]> = {
  franceConnect: [
    provider('07e573f2-3312-4bb9-bc48-6fcec737e497', 'impots.gouv.fr', 'eidas1'),
    provider('8dfc4080-c90d-4234-969b-f6c961de3e90', 'Ameli', 'eidas1', true),
    provider('4a0a3a6c-5d23-4f0a-9a5c-2f6e2b9d1c01', 'L’Identité Numérique La Poste', 'eidas1'),
    provider('4a0a3a6c-5d23-4f0a-9a5c-2f6e2b9d1c02', 'MSA', 'eidas1'),
    provider('4a0a3a6c-5d23-4f0a-9a5c-2f6e2b9d1c03', 'France Identité', 'eidas1')
  ],
  franceConnectPlus: [
    provider('dedc7160-8811-4d0f-9dd7-c072c15f2f18', 'France Identité', 'eidas3', true),
    provider('f9a3f6fe-f9b3-4cec-b787-33713fdffc79', 'L’Identité Numérique La Poste', 'eidas2'),
    provider('eidas-bridge', 'Une identité européenne (eIDAS)', 'eidas3', true)
  ]
}
