import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { errors } from '../errors.ts'
import { parseFaults } from '../levers/fault-argument.ts'
import type { SandboxOptions } from '../registration/options.ts'

export const help = `franceconnect-sandbox : FranceConnect, FranceConnect+ et les fournisseurs de données, sur votre machine.

  npx franceconnect-sandbox [options]

  --port <n>              port (4000)
  --base-url <url>        adresse de votre service (http://localhost:3000) ; répétable
  --client <fichier>      service, ou liste de services, en JSON, à la place du service intégré
  --data-provider <fichier> fournisseur de données à soi, ou liste, en JSON ; avec ses scopes et leur libellé
  --citizens <fichier>    liste de citoyens en JSON, à la place des citoyens intégrés
  --citizen <identifiant> ce citoyen se connecte sans un clic
  --fault <cible=panne>   panne dès le départ, répétable : --fault dgfip=down, ou avec des détails
                          --fault dss/quotient-familial=rate-limit,retryAfter=2,times=1
  --host-name <nom>       nom publié dans les adresses, à la place de localhost (docker compose)
  --other-site            adresses sur un autre site que celui du service (127.0.0.1 au lieu de localhost) :
                          les cookies SameSite se comportent comme en production
  --listen <adresse>      adresse d'écoute (127.0.0.1)
  --allow-beyond-loopback obligatoire avec une adresse d'écoute qui n'est pas locale :
                          qui l'atteint peut se connecter au nom de n'importe qui
  --plus-checktoken       FranceConnect+ répond à checktoken au lieu de son erreur 500
  --no-file <qui=statut>  statut de « rien sur cette personne », que rien ne documente : dgfip=410, cnam=404,
                          franceTravail=404 par défaut ; 204, 403, 404 ou 410 ; répétable
  --env                   affiche un fichier .env pour votre service, sans rien lancer
  --help                  cette aide

Ce n'est pas FranceConnect : n'y mettez aucune donnée réelle.
`

function readJson(flag: string, file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new errors.invalidOptions(`--${flag} ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new errors.invalidOptions(`--${flag} ${file} is not JSON`)
  }
}

/** What the command line asks: the options of `startSandbox`, or the help. */
export function parseArguments(args: string[]): SandboxOptions | 'help' {
  const values = read(args)
  if (values.help) return 'help'
  const { port, client, citizens, 'data-provider': dataProvider } = values
  return {
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(values['base-url'] && { baseUrl: values['base-url'] }),
    ...(client !== undefined && { clients: [readJson('client', client)].flat() as SandboxOptions['clients'] }),
    ...(dataProvider !== undefined && {
      dataProviders: [readJson('data-provider', dataProvider)].flat() as SandboxOptions['dataProviders']
    }),
    ...(citizens !== undefined && { citizens: readJson('citizens', citizens) as SandboxOptions['citizens'] }),
    ...(values.citizen !== undefined && { automaticCitizen: values.citizen }),
    ...(values.fault && { faults: parseFaults(values.fault) }),
    ...(values['host-name'] !== undefined && { hostName: values['host-name'] }),
    ...(values['other-site'] && { otherSite: true }),
    ...(values.listen !== undefined && { listenAddress: values.listen }),
    ...(values['allow-beyond-loopback'] && { allowBeyondLoopback: true }),
    ...(values['plus-checktoken'] && { plusChecktoken: true }),
    ...(values['no-file'] && { noFile: Object.fromEntries(values['no-file'].map(statusOf)) })
  }
}

/** `dgfip=410` as a member of `noFile`. */
function statusOf(text: string): [string, number] {
  const [name = '', status] = text.split('=')
  return [name, Number(status)]
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'base-url': { type: 'string', multiple: true },
        client: { type: 'string' },
        'data-provider': { type: 'string' },
        citizens: { type: 'string' },
        citizen: { type: 'string' },
        fault: { type: 'string', multiple: true },
        'host-name': { type: 'string' },
        'other-site': { type: 'boolean' },
        listen: { type: 'string' },
        'allow-beyond-loopback': { type: 'boolean' },
        'plus-checktoken': { type: 'boolean' },
        'no-file': { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' }
      }
    }).values
  } catch (error) {
    throw new errors.invalidOptions(`${(error as Error).message.split('\n')[0]} See --help.`)
  }
}
