export type { ApiStatus, OtherScope, OwnApi, ProviderName } from './apis/api.ts'
export { defineApi, otherScope } from './apis/api.ts'
export { type CatalogueEntry, catalogue } from './apis/catalogue.ts'
export type {
  CatalogueName,
  CatalogueScope,
  FcDataCallOptions,
  FcDataData,
  FcDataGuardArguments,
  FcDataMeta,
  FcDataName,
  FcDataParams,
  FcDataReason,
  FcDataRegistry,
  FcDataResult
} from './apis/registry.ts'
export type { ScopeFacts } from './apis/scope-facts.ts'
export type { FcDataAccessToken, GetAccessToken } from './calls/login/access-token.ts'
export { channelName, type FcDataAccess, type FcDataTrace } from './calls/trace.ts'
export type { FcDataTried } from './calls/trying.ts'
export { ageOn, type Birthdate, parseBirthdate, type WrittenBirthdate } from './dates/birthdate.ts'
export { derniersMois } from './dates/months.ts'
export type { Mois } from './dates/paris.ts'
export type { FcDataError, FcDataErrorCode, FcDataErrorDetails, FcDataRemedy, ProviderError } from './errors.ts'
export { errorCodes, isFcDataError } from './errors.ts'
export type { FcData, RequestFcData } from './guards/decorators.ts'
export type { FcDataGuard } from './guards/require-data.ts'
export type { FcDataStore } from './held/memory-store.ts'
export type { EnabledEntry, EnabledEntryOptions, FcDataOptions } from './options/options.ts'
export type { ProvidersOptions } from './options/providers.ts'
export { askedScopes, type ScopeNotice, scopeNotices } from './options/scope-notices.ts'
export { default, default as fcData } from './plugin.ts'
export { bearer } from './providers/bearer.ts'
export type { Provider, ProviderCall, ProviderData, ProviderFailure } from './providers/provider.ts'
export type { NothingMeaning } from './reading/api-particulier-codes.ts'
export type { CircuitState } from './waiting/circuit.ts'
export { circuitChannelName, type FcDataCircuit } from './waiting/circuit-channel.ts'
