import createError from '@fastify/error'

/** Every failure of the sandbox itself. What it answers in FranceConnect's name is in `page-error.ts`. */
export const errors = {
  invalidOptions: createError<[string]>('FST_FC_SANDBOX_INVALID_OPTIONS', 'franceconnect-sandbox: %s'),
  portTaken: createError<[string]>(
    'FST_FC_SANDBOX_PORT_TAKEN',
    'franceconnect-sandbox: %s is taken. Stop what listens there, or choose another port (0 for any free one).'
  ),
  loginFailed: createError<[string]>('FST_FC_SANDBOX_LOGIN_FAILED', 'franceconnect-sandbox: the login ended on %s')
}
