import { needsTypeBox } from './node.ts'

/** Makes the check of a schema; throws for one that cannot be read. */
export type SchemaCheck = (schema: object) => (value: unknown) => boolean

/**
 * TypeBox's own check, for the rules of one's own schemas that are not read here. Loaded only where such a schema is
 * enabled: it costs a tenth of a second of start.
 */
export async function typeBoxFor(schemas: readonly unknown[]): Promise<SchemaCheck | undefined> {
  if (!schemas.some(needsTypeBox)) return undefined
  const { Compile } = await import('typebox/schema')
  return (schema) => {
    const compiled = Compile(schema as Parameters<typeof Compile>[0])
    return (value) => compiled.Check(value)
  }
}
