/** A code by the words of the engine's error, where they are the same everywhere; or one code by route. */
type Row = [words: RegExp, code: string | { otherwise: string; [route: string]: string }]

/**
 * FranceConnect's code for an error of its engine, by the words that name it: observed on its own server, the others
 * from the list of error codes that it publishes.
 */
export const codes: Row[] = [
  [/parameters? must not be provided twice$/, 'Y0496E4A'],
  [/^missing required parameter/, 'Y048017B'],
  [/content-type bodies are supported/, 'Y043C322'],
  [/^failed to parse the request body$/, 'Y04A25F2'],
  [/^origin .* not allowed for client/, 'Y0489AFE'],
  // Authentication of a service.
  [/^no client authentication mechanism provided$/, 'Y044FEB3'],
  [/^client authentication must only be provided using one mechanism$/, 'Y04DADA6'],
  [/^the provided authentication mechanism does not match/, 'Y044D82C'],
  [/^invalid secret provided$/, 'Y0434A7B'],
  [/^client_secret must be provided in the Authorization header$/, 'Y045CC8C'],
  [/^client_id and client_secret in the authorization header are not properly encoded$/, 'Y04328E9'],
  [/^mismatch in body and authorization client ids$/, 'Y0419ECE'],
  [/^invalid client_assertion format$/, 'Y04E1CFF'],
  [/^client_assertion_type must be provided$/, 'Y04AF36C'],
  [/^client_assertion_type must have value/, 'Y04EA12E'],
  [/^sub \(JWT subject\) must be provided in the client_assertion JWT$/, 'Y044B38D'],
  [/^subject of client_assertion must be the same as client_id provided in the body$/, 'Y048454B'],
  [/^invalid authorization header value format$/, { userinfo: 'Y04B729E', otherwise: 'Y046ADF1' }],
  // Codes and tokens.
  [/^unsupported grant_type requested$/, 'Y04C2044'],
  [/^authorization code not found$/, 'Y049E20B'],
  [/^authorization code is expired$/, 'Y043F0A8'],
  [/^authorization code already consumed$/, 'Y0416228'],
  [/^authorization code redirect_uri mismatch$/, 'Y04F8199'],
  [/^authorization code invalid \(referenced account not found\)$/, 'Y04F00CD'],
  [/^(PKCE verification failed|unsupported code_challenge_method)$/, 'Y0446550'],
  [/^client mismatch$/, { userinfo: 'Y043F1C4', otherwise: 'Y047A2EA' }],
  [/^grant not found$/, 'Y0489D15'],
  [/^grant is expired$/, { userinfo: 'Y0446BD3', otherwise: 'Y049D91E' }],
  [/^this token does not belong to you$/, 'Y0466776'],
  // Userinfo.
  [/^no access token provided$/, 'Y04146A2'],
  [/^authorization header scheme must be `Bearer`$/, 'Y043D61A'],
  [/^access token must only be provided using one mechanism$/, 'Y04514E0'],
  [/^access token missing requested scope$/, 'Y04CE9C8'],
  [/^access token missing openid scope$/, 'Y041CBDC'],
  // DPoP, which the engine knows and nobody registers.
  [/^`DPoP` header not provided$/, 'Y0452FF5'],
  [/^`DPoP` tokens must be provided via an authorization header$/, 'Y04813E3'],
  [/^authorization header scheme must be `DPoP` when DPoP is used$/, 'Y04F20DC'],
  [/^access token is not sender-constrained/, 'Y048D02B'],
  [/^DPoP proof must have a iat number property$/, 'Y04D6A0A'],
  [/^DPoP proof must have a jti string property$/, 'Y0493848'],
  [/^DPoP proof iat is not recent enough$/, 'Y047083F'],
  [/^DPoP proof htu mismatch$/, 'Y04ADEC2'],
  [/^DPoP proof ath mismatch$/, 'Y049A235'],
  [/^(JWS Protected Header is invalid|invalid DPoP key binding)$/, 'Y0480E8B'],
  // FranceConnect+: the keys of a service.
  [/^client JSON Web Key Set failed to be refreshed$/, 'Y044D511'],
  [/^no suitable encryption key found/, 'Y046B607'],
  // Logout.
  [/^could not decode id_token_hint$/, 'Y04FEDB9'],
  [/^could not validate id_token_hint$/, 'Y045AFAE'],
  [/^unrecognized id_token_hint audience$/, 'Y0429C91'],
  [/^client_id does not match the provided id_token_hint$/, 'Y0467882'],
  [/^post_logout_redirect_uri not registered$/, 'Y04CFAEF'],
  [/^could not find logout details$/, 'Y047B9D9'],
  [/^xsrf token invalid$/, 'Y04976CE'],
  // Authorization.
  [/redirect_uri did not match|redirect_uris$/, 'Y04C013C'],
  [/^client not found$/, { authorization: 'Y04EA6EF', otherwise: 'Y0479FCE' }],
  [/^authorization request has expired$|^interaction session/, 'Y04D5AB7']
]

/** What FranceConnect's engine, an older one, says in other words. */
const reworded: Record<string, string> = {
  'client is not authorized to revoke the presented token': 'this token does not belong to you'
}

/** The description of an error in the words of FranceConnect's engine. */
export function rewordedDescription(description: string, asserted: boolean): string {
  if (description !== 'client_id mismatch') return reworded[description] ?? description
  return asserted
    ? 'subject of client_assertion must be the same as client_id provided in the body'
    : 'mismatch in body and authorization client ids'
}
