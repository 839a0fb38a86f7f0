export type { ApiStatus, OwnApi, ProviderName } from './api.ts'
export { defineApi } from './api.ts'
export { channelName, type FcDataAccess, type FcDataTrace } from './calls/trace.ts'
export type { FcDataTried } from './calls/trying.ts'
export { type CatalogueEntry, catalogue } from './catalogue.ts'
export type { FcData, RequestFcData } from './decorators.ts'
export type { FcDataError, FcDataErrorCode, FcDataErrorDetails, FcDataRemedy, ProviderError } from './errors.ts'
export { errorCodes, isFcDataError } from './errors.ts'
export type { FcDataAccessToken, GetAccessToken } from './guards/access-token.ts'
export type { FcDataGuard } from './guards/require-data.ts'
export type { FcDataStore } from './held/memory-store.ts'
export type { ProvidersOptions } from './options/providers.ts'
export type { EnabledEntryOptions, FcDataOptions } from './options.ts'
export { default, default as fcData } from './plugin.ts'
export { bearer } from './providers/bearer.ts'
export type { Provider, ProviderCall, ProviderData, ProviderFailure } from './providers/provider.ts'
export type {
  CatalogueName,
  FcDataCallOptions,
  FcDataData,
  FcDataGuardArguments,
  FcDataMeta,
  FcDataName,
  FcDataParams,
  FcDataRegistry,
  FcDataResult
} from './registry.ts'
