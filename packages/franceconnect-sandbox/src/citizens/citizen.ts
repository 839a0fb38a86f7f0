/** What a register or an identity provider knows of somebody, under the names of FranceConnect's claims. */
export interface Identity {
  gender: 'male' | 'female' | 'unspecified'
  family_name: string
  /** All first names, separated by spaces, in civil order. */
  given_name: string
  given_name_array: string[]
  /** `YYYY-MM-DD`; an identity provider may give `YYYY-MM-00` or `YYYY-00-00` for a presumed date. */
  birthdate: string
  /** INSEE code (COG) of the commune of birth; empty for somebody born abroad. */
  birthplace?: string
  /** INSEE code (COG) of the country of birth, France being `99100`. */
  birthcountry: string
}

/** What the identity provider adds: contact details and the usual name. */
export interface ProviderIdentity extends Identity {
  email?: string
  preferred_username?: string
}

/** A person of the sandbox. Nobody here exists. */
export interface Citizen {
  /** The login typed at the simulated identity providers, unique. */
  id: string
  /** One French line for the page where the citizen is chosen. */
  title: string
  /** The civil register (RNIPP), which FranceConnect serves. */
  register: Identity
  /** The identity provider, which FranceConnect+ serves. */
  provider: ProviderIdentity
  /** Code of the error page on which this citizen's logins end, such as `Y010015` for somebody dead. */
  refusal?: string
}
