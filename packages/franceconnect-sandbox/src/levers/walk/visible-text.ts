const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" }

function character(entity: string): string {
  const number = /^#(x?)([0-9a-f]+)$/i.exec(entity)
  if (!number) return entities[entity] ?? `&${entity};`
  const point = Number.parseInt(number[2]!, number[1] ? 16 : 10)
  return point <= 0x10_ffff ? String.fromCodePoint(point) : ''
}

const longest = 600

/** What somebody reads of an answer: the main part of a page without its markup, anything else as it is; 600 characters at most. */
export function visibleText(body: string, contentType = ''): string {
  const isPage = /html/i.test(contentType) || /^\s*<(!doctype|html)/i.test(body)
  const text = isPage
    ? (/<main\b[\s\S]*<\/main>/i.exec(body)?.[0] ?? body)
        .replace(/<(head|script|style|noscript)\b[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&(#?\w+);/g, (_, entity: string) => character(entity))
    : body
  const words = text.replace(/\s+/g, ' ').trim()
  return words.length > longest ? `${words.slice(0, longest)}…` : words
}
