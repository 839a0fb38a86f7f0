/** HTML that may be written as is: made by `html`, whose values were escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = Html | string | number | undefined | false | Value[]

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function written(value: Value): string {
  if (value === undefined || value === false) return ''
  if (Array.isArray(value)) return value.map(written).join('')
  if (value instanceof Html) return value.text
  return String(value).replace(/[&<>"']/g, (character) => escapes[character]!)
}

/** A piece of a page; every value is escaped unless it is itself a piece. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, index) => text + part + written(values[index]), ''))
}
