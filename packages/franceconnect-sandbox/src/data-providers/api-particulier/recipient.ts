import { type ApiError, unprocessable } from './errors.ts'

const laPoste = /^356000000\d{5}$/

function luhn(digits: string): boolean {
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** Whether a text is a SIRET: 14 digits with a Luhn key, from which La Poste's establishments are exempt. */
function isSiret(text: string): boolean {
  return laPoste.test(text) || (/^\d{14}$/.test(text) && luhn(text))
}

/** The `recipient` parameter names the public body that receives the data; every call must carry it. */
export function recipientError(query: URLSearchParams): ApiError | undefined {
  const recipient = query.get('recipient')
  if (!recipient) return unprocessable('00203', 'Le paramètre recipient est obligatoire', 'recipient')
  if (isSiret(recipient)) return undefined
  return unprocessable('00210', "Le paramètre recipient n'est pas un siret valide", 'recipient')
}
