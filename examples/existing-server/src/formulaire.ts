/** The schema of a route's form: one text a field. A field sent twice, or no form at all, is answered 400. */
export const formulaire = (...champs: string[]) => ({
  body: { type: 'object', properties: Object.fromEntries(champs.map((champ) => [champ, { type: 'string' }])) }
})
