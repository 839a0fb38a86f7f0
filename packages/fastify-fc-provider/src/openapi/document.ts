import type { FastifySchema, RouteOptions } from 'fastify'
import type { Needs } from '../guards/require.ts'

const scheme = 'franceConnect'
const bearer = {
  type: 'http',
  scheme: 'bearer',
  description: 'Jeton d’accès FranceConnect de l’usager (opaque, 60 secondes).'
}
/** Swagger 2 knows no bearer. */
const header = { type: 'apiKey', in: 'header', name: 'Authorization', description: bearer.description }

const body = {
  type: 'object',
  properties: {
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, title: { type: 'string' }, detail: { type: 'string' } }
      }
    }
  }
}

type Members = Record<string, unknown>
/** What @fastify/swagger hands to a route's own transformation. */
interface Transforming {
  schema: Members | undefined
  url: string
  openapiObject?: { components?: Members }
  swaggerObject?: { securityDefinitions?: Members }
}

/**
 * Documents a guarded route for @fastify/swagger: the bearer, its scopes, its errors. Only what is documented changes:
 * the schemas by which Fastify validates and serializes stay as the application wrote them.
 */
export function document(route: RouteOptions, needs: Needs, recipient: boolean): void {
  route.schema = { ...route.schema, security: [{ [scheme]: needs.scopes }] } as FastifySchema
  const config = (route.config ?? {}) as Members
  if (config['swaggerTransform'] !== undefined || !isJsonSchema(route.schema as Members)) return
  const swaggerTransform = ({ schema, url, openapiObject, swaggerObject }: Transforming) => {
    if (openapiObject) {
      const { components } = openapiObject
      const securitySchemes = { [scheme]: bearer, ...(components?.['securitySchemes'] as Members | undefined) }
      openapiObject.components = { ...components, securitySchemes }
    }
    if (swaggerObject) {
      swaggerObject.securityDefinitions = { [scheme]: header, ...swaggerObject.securityDefinitions }
    }
    return { schema: documented(schema ?? {}, needs, recipient), url }
  }
  route.config = { ...config, swaggerTransform } as RouteOptions['config'] & object
}

function documented(schema: Members, { scopes, all }: Needs, recipient: boolean): Members {
  const wanted = `${all ? 'Scopes, chacun' : 'Scopes, l’un suffit'} : ${scopes.join(', ')}.`
  const error = (description: string) => ({ description, ...body })
  return {
    ...schema,
    description: schema['description'] === undefined ? wanted : `${schema['description']}\n\n${wanted}`,
    ...(recipient && { querystring: withRecipient(schema['querystring'] as Members | undefined) }),
    response: {
      401: error('Jeton d’accès manquant, mal formé, inconnu ou expiré.'),
      403: error(`Scope non accordé par l’usager (${scopes.join(', ')}), ou service non habilité.`),
      404: error('Aucun dossier ne correspond à cet usager.'),
      ...(recipient && { 422: error('recipient absent, répété, ou qui n’est pas un SIRET.') }),
      502: error('La réponse de FranceConnect n’a pas pu être vérifiée.'),
      503: error('FranceConnect ne répond pas pour le moment.'),
      ...((schema['response'] as Members | undefined) ?? {
        200: { description: 'Les données, celles des scopes accordés.' }
      })
    }
  }
}

function withRecipient(query: Members | undefined): Members {
  const recipient = {
    type: 'string',
    pattern: '^\\d{14}$',
    description: 'SIRET de l’organisme qui recevra les données.'
  }
  const required = [...new Set([...((query?.['required'] as string[] | undefined) ?? []), 'recipient'])]
  const properties = { ...(query?.['properties'] as Members | undefined), recipient }
  return { type: 'object', ...query, properties, required }
}

/** Schemas of another kind (zod and the like) are the business of their own transformation. */
function isJsonSchema(schema: Members): boolean {
  return ['body', 'querystring', 'params', 'headers'].every((part) => {
    const value = schema[part]
    return typeof value !== 'object' || value === null || !('~standard' in value || 'safeParse' in value)
  })
}
