import { variables } from './settings.ts'

/** What `--help` shows. */
export const help = `Usage : fastify-fc-provider sheet|doctor|key [options]

  sheet              ce que FranceConnect doit enregistrer : nom, scopes et libellés, jwks_uri, algorithmes
  doctor             la route des clés répond de l’extérieur, use et alg conviennent, le secret est accepté
  key                une nouvelle clé privée pour decryptionKeys (à garder secrète)

  --config fichier   fichier JSON, ou module ES qui exporte { fcProvider, title, baseUrl } : fcProvider est
                     l’objet passé à register. Sinon, les variables d’environnement :
${Object.entries(variables)
  .map(([name, option]) => `                     ${name.padEnd(27)} ${option}`)
  .join('\n')}
  --env .env         lit d’abord les variables de ce fichier
  --base-url URL     adresse publique du serveur
  --title nom        nom de l’API, tel que l’usager le lira
  --alg ECDH-ES      (key) ECDH-ES, RSA-OAEP ou RSA-OAEP-256
  --offline          (doctor) n’interroge ni le serveur ni FranceConnect. Sans cette option, quatre requêtes :
                     la route des clés, la découverte, les clés de FranceConnect, et checktoken avec un jeton
                     tiré au sort, qui n’apparaît dans l’historique de personne.
  --json             le résultat en JSON
  --help             cette aide

Code de sortie : 0 sans erreur, 1 avec au moins une erreur, 2 si la commande est mal écrite.
`
