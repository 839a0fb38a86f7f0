/** Claims of userinfo as FranceConnect and FranceConnect+ send them. A claim whose scope was not granted is absent. */
export interface UserInfo {
  readonly sub: string
  /** All first names, separated by spaces. */
  readonly given_name?: string
  /** First names in civil order: tells compound names with spaces apart. FranceConnect only. */
  readonly given_name_array?: readonly string[]
  /** Birth name. */
  readonly family_name?: string
  /** « Nom d'usage »: absent when there is none. */
  readonly preferred_username?: string
  /** `YYYY-MM-DD`; FranceConnect+ may send `YYYY-MM-00` or `YYYY-00-00`: never give it to `new Date`. */
  readonly birthdate?: string
  /** As the identity provider holds it, unknown parts as `00`. FranceConnect only. */
  readonly idp_birthdate?: string
  readonly gender?: 'male' | 'female' | 'unspecified' | (string & {})
  /** INSEE code of the commune; empty or absent when born abroad (on FranceConnect+ perhaps free text). */
  readonly birthplace?: string
  /** INSEE code of the country, `99100` for France. */
  readonly birthcountry?: string
  /** A contact address that differs from one identity provider to another: never a key of an account. */
  readonly email?: string
  readonly idp_id?: string
  readonly rep_scope?: unknown
  /** `rnipp_*`: the civil register's version of the identity. FranceConnect+ only. */
  readonly rnipp_given_name?: string
  readonly rnipp_given_name_array?: readonly string[]
  readonly rnipp_family_name?: string
  readonly rnipp_birthdate?: string
  readonly rnipp_gender?: string
  readonly rnipp_birthplace?: string
  readonly rnipp_birthcountry?: string
  readonly [claim: string]: unknown
}
