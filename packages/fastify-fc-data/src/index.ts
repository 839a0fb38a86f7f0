export type { FcDataAccessToken, GetAccessToken } from './access-token.ts'
export type { ApiStatus, OtherScope, OwnApi, ProviderName } from './api.ts'
export { defineApi, otherScope } from './api.ts'
export type { ScopeFacts } from './apis/scope-facts.ts'
export { ageOn, type Birthdate, parseBirthdate, type WrittenBirthdate } from './birthdate.ts'
export { type CatalogueEntry, catalogue } from './catalogue.ts'
export type { FcData } from './decorators.ts'
export type { FcDataError, FcDataErrorCode, FcDataErrorDetails, ProviderError } from './errors.ts'
export { errorCodes, isFcDataError } from './errors.ts'
export type { FcDataStore } from './memory-store.ts'
export type { ProvidersOptions } from './options/providers.ts'
export type { EnabledEntry, EnabledEntryOptions, FcDataOptions } from './options.ts'
export type { Mois } from './paris.ts'
export { derniersMois, firstWithData } from './periods.ts'
export { default, default as fcData } from './plugin.ts'
export type { NothingMeaning } from './providers/api-particulier-codes.ts'
export { bearer } from './providers/bearer.ts'
export type { Provider, ProviderCall, ProviderData, ProviderFailure } from './providers/provider.ts'
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
} from './registry.ts'
export type { FcDataGuard } from './require-data.ts'
export { askedScopes, type ScopeNotice, scopeNotices } from './scope-notices.ts'
export { channelName, type FcDataAccess, type FcDataTrace } from './trace.ts'
