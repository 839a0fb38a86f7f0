const ligatures: Record<string, string> = {
  Œ: 'OE',
  Æ: 'AE',
  Ø: 'O',
  Đ: 'D',
  Ð: 'D',
  Ł: 'L',
  Ħ: 'H',
  Ŧ: 'T',
  Þ: 'TH',
  ẞ: 'SS'
}

/**
 * One name as registers agree on it: letter case, accents, hyphens, apostrophes, spaces and punctuation set aside, œ, æ,
 * ß, ø written out. The letters of every script are kept: marks are taken off Latin and Greek letters only, since
 * elsewhere they are letters of their own (й, ガ, the vowels of Indian scripts). Empty when no letter is left.
 *
 * DE LA TOUR, DELATOUR and de-la-Tour are one text, D'ARC, D’Arc and DARC too: registers differ on nothing so often.
 */
export function foldName(name: string): string {
  const upper = bare(bare(name).toUpperCase())
  return upper.replace(/[ŒÆØĐÐŁĦŦÞẞ]/g, (letter) => ligatures[letter]!).normalize('NFC')
}

/** Letters, digits and the marks that count, decomposed. Modifier letters (ʼ, ʻ) are apostrophes here. */
function bare(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u02b0-\u02ff]|[^\p{L}\p{M}\p{N}]/gu, '')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}/gu, '')
}
