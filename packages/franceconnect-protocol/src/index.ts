export { type AcrValues, isAtLeast, isLevel, levels, platformOf } from './acr.ts'
export { createDiscovery, type Discovery, type ProviderMetadata } from './discovery.ts'
export {
  HttpFailure,
  type HttpFailureReason,
  OptionProblem,
  ProtocolError,
  type ProtocolReason
} from './errors.ts'
export { createFlights, type Flights } from './flights.ts'
export {
  createHttp,
  type Dispatcher,
  dispatcherFlaw,
  type Http,
  type HttpAnswer,
  type HttpClient,
  type HttpOptions,
  type HttpRequest,
  MAX_BODY,
  mediaType
} from './http/http.ts'
export { carriesMiddlewares, isStranger, type TakenIn, takeIn, takenIn, urlAsked } from './http/incoming.ts'
export {
  beforeHead,
  framed,
  neverStored,
  type Outgoing,
  type Said,
  saysPast,
  variesByCookie,
  withCookie
} from './http/no-store.ts'
export {
  type Birthdate,
  foldName,
  isBornAbroad,
  type MatchField,
  type Matching,
  type MatchOptions,
  matchOne,
  matchPerson,
  type Person,
  parseBirthdate,
  reconciliationKey,
  type UserInfo
} from './identity/identity.ts'
export { createDecrypt, type Decrypt } from './jwt/decryption.ts'
export {
  decryptionKeyProblem,
  type KeyEncryptionAlgorithm,
  keyEncryptionAlgorithms,
  type PrivateJwk,
  publicKeys
} from './jwt/decryption-keys.ts'
export { createKeys, type KeySet, type Keys, type SigningAlgorithm } from './jwt/keys.ts'
export { claimsOf, createSignatureCheck, type SignatureCheck, type VerifiedJws } from './jwt/signature.ts'
export { didYouMean, nearest } from './options/nearest.ts'
export { loadEnvironmentFile, readSettingsFile, type SettingsFile } from './options/settings-file.ts'
export { isSiret } from './options/siret.ts'
export { type Environment, interactionSeconds, isLoopback, issuers, type Platform } from './platforms.ts'
export { randomText } from './random.ts'
export { createSealer, type Sealer } from './seal.ts'
