import type { Sealer } from 'franceconnect-protocol/seal'
import type { LoginKey } from './login-cookie.ts'
import { type LoginData, OpenedLogin } from './opened-login.ts'
import { bytesOf, headOf, restOf } from './record-bytes.ts'
import { createRemembered } from './remembered.ts'

export { type LoginData, loginData, type NewLogin, OpenedLogin } from './opened-login.ts'

export interface LoginRecords {
  /** As `seal` gives it, remembered nowhere: for a login that may not come to be. */
  draft(data: LoginData, key: LoginKey): OpenedLogin
  seal(data: LoginData, key: LoginKey): { sealed: string; opened: OpenedLogin }
  /** `null` for what does not open with this key, or is over. */
  open(sealed: string, key: LoginKey): OpenedLogin | null
  forget(slot: string): void
}

/** Of this format alone: what another one sealed does not open. */
const purpose = 'login-4'

/**
 * Sealed login records; those opened lately are kept open, not many and not for long: the store stays the authority. What
 * pages seldom look at, the tokens among it, is opened when somebody does.
 */
export function createLoginRecords(sealer: Sealer): LoginRecords {
  const opened = createRemembered<{ sealed: string; record: OpenedLogin }>()

  function remembered(sealed: string, { slot, token }: LoginKey): OpenedLogin | null {
    const known = opened.get(slot)
    if (known === undefined) return null
    if (known.sealed === sealed && known.record.key.token === token) return known.record
    opened.delete(slot)
    return null
  }

  function read(sealed: string, key: LoginKey): OpenedLogin | null {
    const bytesIn = () => sealer.unsealBytes(sealed, purpose, contextOf(key))
    const bytes = bytesIn()
    if (bytes === null) return null
    const record = new OpenedLogin(headOf(bytes, key.slot), () => restOf(bytesIn()!), key)
    opened.offer(key.slot, () => ({ sealed, record }))
    return record
  }

  const draft = (data: LoginData, key: LoginKey) => new OpenedLogin(data, () => data, key)

  return {
    draft,
    seal(data, key) {
      opened.delete(key.slot)
      return {
        sealed: sealer.sealBytes(bytesOf(data, key.slot), purpose, contextOf(key)),
        opened: draft(data, key)
      }
    },
    open(sealed, key) {
      const record = remembered(sealed, key) ?? read(sealed, key)
      return record !== null && record.expiresAt > Date.now() ? record : null
    },
    forget: (slot) => opened.delete(slot)
  }
}

const contextOf = ({ slot, token }: LoginKey) => `${slot}.${token}`
