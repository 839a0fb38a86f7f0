import { errors } from '../../errors.ts'
import { visibleText } from './visible-text.ts'

/** Where and why a login ended, as members of FST_FC_SANDBOX_LOGIN_FAILED under `page`. */
export interface LoginFailure {
  /** HTTP status of the last answer. */
  status: number
  /** FranceConnect's code (`Y030007`), or the `error` or `code` of the answer; undefined when it has none. */
  code: string | undefined
  /** What was wrong, for a developer; undefined when the answer does not say. */
  reason: string | undefined
  /** What the page says to whoever reads it, or the body of an answer that is no page. */
  text: string
}

interface Answered {
  status: number
  body: string
  contentType?: string
}

const member = (value: unknown, name: string): string | undefined => {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
  return typeof found === 'string' && found !== '' ? found : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const codeIn = (body: string) => />\s*(Y[0-9A-F]{6,7})\s*</.exec(body)?.[1]
const hintIn = (body: string) => /Pour le développeur :<\/strong>([\s\S]*?)<\/p>/.exec(body)?.[1]

/** Reads an answer on which a login ended. */
export function failureIn({ status, body, contentType = '' }: Answered): LoginFailure {
  const json = parsed(body)
  const text = visibleText(body, contentType)
  const hint = hintIn(body)
  return {
    status,
    code: codeIn(body) ?? member(json, 'code') ?? member(json, 'error'),
    reason: (hint && visibleText(hint, 'text/html')) ?? member(json, 'message') ?? member(json, 'error_description'),
    text
  }
}

/**
 * The error to throw.
 *
 * @param where what ended the login, after "the login ended on".
 */
export function loginFailed(where: string, failure: LoginFailure): Error {
  const { code, reason, text } = failure
  const sentences = [`${where}${code === undefined ? '' : `: ${code}`}`]
  if (reason !== undefined) sentences.push(`Reason: ${reason}`)
  if (text !== '' && text !== reason) sentences.push(`It says: ${text}`)
  return Object.assign(new errors.loginFailed(sentences.join('. ')), { page: failure })
}
