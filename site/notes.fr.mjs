// What the catalogue says of an API in English, in French for the site; test/docs/notes.ts holds that none is missing.
export const french = {
  'QF is for the current month (computed on M-1); CAF refreshes monthly after the first weekend; MSA in real time.':
    'Le quotient familial est celui du mois en cours (calculé sur M-1) ; la CAF le met à jour chaque mois après le premier week-end, la MSA en temps réel.',
  'A 404 tells three things apart for nobody: no file, nothing drawn any more, or the first days of a month, before the CAF has computed its quotient: ask the month before then (derniersMois).':
    'Un 404 ne distingue pas trois cas : pas de dossier, plus aucun droit, ou les premiers jours d’un mois, avant que la CAF n’ait calculé son quotient : demandez alors le mois d’avant (derniersMois).',
  'The current month and the 23 before are kept; annee alone means its present month.':
    'Le mois en cours et les 23 précédents sont gardés ; annee seule veut dire son mois présent.',
  'API Particulier may answer the cached month when another one is asked within 24 hours: `Cache-Control: no-cache` is sent with annee or mois.':
    'API Particulier peut répondre le mois gardé en cache quand un autre est demandé dans les 24 heures : `Cache-Control: no-cache` est envoyé avec annee ou mois.',
  'A 404 does not prove that the person draws nothing: with `40003` the fund may not have answered, and a right may take up to 30 days to appear (seen for the C2S, suspected for the others).':
    'Un 404 ne prouve pas que la personne ne touche rien : avec `40003` la caisse n’a peut-être pas répondu, et un droit peut mettre jusqu’à 30 jours à apparaître (vu pour la C2S, supposé pour les autres).',
  'Field is `status` (3-value enum), not est_beneficiaire.':
    'Le champ est `status` (trois valeurs), pas est_beneficiaire.',
  'FC mode only from age 16 for an "ouvrant droit" (fiche).':
    'Avec FranceConnect, seulement à partir de 16 ans pour un ouvrant droit (fiche de l’API).',
  'The scope is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.':
    'Le scope est absent du code public de FranceConnect du 24 février 2026, qui laisse de côté les scopes inconnus : si le jeton de l’usager revient sans lui, demandez au support de FranceConnect.',
  'On DataPass in August 2026; absent from the OpenAPI of 28 April 2026, present in later versions. The perimeter is still being confirmed.':
    'Sur DataPass en août 2026 ; absent de l’OpenAPI du 28 avril 2026, présent dans les versions suivantes. Le périmètre est encore à confirmer.',
  'Announced: mocked answers only so far, and its scope is in neither DataPass (6 August 2026) nor FranceConnect (24 February 2026).':
    'Annoncée : des réponses factices seulement pour l’instant, et son scope n’est ni dans DataPass (6 août 2026) ni dans FranceConnect (24 février 2026).',
  'Fiche alert: avec/sans participation can be wrong in some cases (fix was planned Nov 2025).':
    'Alerte de la fiche : avec ou sans participation peut être faux dans certains cas (correction prévue en novembre 2025).',
  '404 `37003`: the file was found and no child in it is under seven. A missing file gives 10003, 23003, 35003 or 40003.':
    '404 `37003` : le dossier a été trouvé et aucun enfant n’y a moins de sept ans. Un dossier absent donne 10003, 23003, 35003 ou 40003.',
  'Children of seven and more are said to be filtered out; the code of April 2026 returns them all: count by birthdate.':
    'Les enfants de sept ans et plus seraient écartés ; le code d’avril 2026 les rend tous : comptez d’après la date de naissance.',
  'Fiche alert: for MSA the resource year is wrong (current year instead of N-2).':
    'Alerte de la fiche : pour la MSA, l’année des ressources est fausse (l’année en cours au lieu de N-2).',
  'FranceConnect’s source spells `mesri_admission_etablissement_etude`, API Particulier checks `mesri_admission_etablissement_etudes`: give the spelling of your habilitation in `scopes`.':
    'Le code de FranceConnect écrit `mesri_admission_etablissement_etude`, API Particulier vérifie `mesri_admission_etablissement_etudes` : donnez dans `scopes` l’orthographe de votre habilitation.',
  '`cnous_statut_bourse` left DataPass on 6 August 2026: it is asked only where the service lists it.':
    '`cnous_statut_bourse` a quitté DataPass le 6 août 2026 : il n’est demandé que si le service le liste.',
  '`cnous_ine` is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.':
    '`cnous_ine` est absent du code public de FranceConnect du 24 février 2026, qui laisse de côté les scopes inconnus : si le jeton de l’usager revient sans lui, demandez au support de FranceConnect.',
  'v5 is the default of the official clients since mid-2026; it adds `ine` and its scope. The OpenAPI of 28 April 2026 has only v3 and v4.':
    'La v5 est celle des clients officiels depuis la mi-2026 ; elle ajoute `ine` et son scope. L’OpenAPI du 28 avril 2026 n’a que les v3 et v4.',
  'Deprecated by v5.': 'Remplacée par la v5.',
  'Deprecated in the OpenAPI of 28 April 2026.': 'Remplacée, d’après l’OpenAPI du 28 avril 2026.',
  'Answered for people of 16 to 25 years: 422 `39400` otherwise, which is read as nothing on this person.':
    'Répond pour les personnes de 16 à 25 ans : 422 `39400` sinon, lu comme « rien sur cette personne ».',
  'In the OpenAPI and in FranceConnect’s list of scopes, but not among the scopes of DataPass in August 2026: how to be entitled is unknown. Its scopes are therefore asked only where the service lists them.':
    'Dans l’OpenAPI et dans la liste des scopes de FranceConnect, mais pas parmi les scopes de DataPass en août 2026 : on ne sait pas comment y avoir droit. Ses scopes ne sont donc demandés que si le service les liste.',
  'FC-only API; restricted to local authorities for resident parking pricing; progressive rollout.':
    'Par FranceConnect seulement ; réservée aux collectivités pour la tarification du stationnement résidentiel ; ouverture progressive.',
  'meta.identity_matching {family_name,given_name,birth_date: 0|1; overall_match: bool} : the plate must belong to the FC identity, else 404 42404 (42005 until 2026) "Identité non trouvée"; an unknown plate is 404 42003.':
    'meta.identity_matching {family_name,given_name,birth_date: 0|1; overall_match: bool} : la plaque doit appartenir à l’identité FranceConnect, sinon 404 42404 (42005 jusqu’en 2026) « Identité non trouvée » ; une plaque inconnue donne 404 42003.',
  'Replaces the older FC scope mi_siv_carte_grise.': 'Remplace l’ancien scope FranceConnect mi_siv_carte_grise.',
  'At least one dgfip_annee_* scope is mandatory, and dgfip_annee_n_moins_2_si_indispo_n_moins_1 excludes the other years (rules of DataPass). The dgfip_RevDecl_*, dgfip_RevNets_*, dgfip_PaDeduc_* and dgfip_EpargRetrDeduc scopes are deprecated since 20 May 2025.':
    'Au moins un scope dgfip_annee_* est obligatoire, et dgfip_annee_n_moins_2_si_indispo_n_moins_1 exclut les autres années (règles de DataPass). Les scopes dgfip_RevDecl_*, dgfip_RevNets_*, dgfip_PaDeduc_* et dgfip_EpargRetrDeduc sont dépréciés depuis le 20 mai 2025.',
  'A 404 or 410 in JSON is read as "no tax file for this person and this year": no specification says so, an integrator met it.':
    'Un 404 ou un 410 en JSON est lu comme « pas de dossier fiscal pour cette personne et cette année » : aucune spécification ne le dit, un intégrateur l’a rencontré.',
  'no year parameter: avoids the "which year is available" problem':
    'Pas de paramètre d’année : on n’a pas à savoir laquelle est disponible.',
  'Open on DataPass in August 2026 with the FranceConnect modality; the public swagger last changed on 30 April 2024.':
    'Ouverte sur DataPass en août 2026 avec la modalité FranceConnect ; le swagger public a changé pour la dernière fois le 30 avril 2024.',
  'swagger omits X-FranceConnect-OAuth on this path though it has no {spi}: probably an omission':
    'Le swagger ne met pas X-FranceConnect-OAuth sur ce chemin, qui n’a pourtant pas de {spi} : sans doute un oubli.',
  "taxe d'habitation on main homes ended 2023: present availability of recent years unknown":
    'La taxe d’habitation sur les résidences principales a pris fin en 2023 : on ne sait pas si les années récentes sont encore disponibles.',
  'no error is documented: a 404 in JSON is read as "nothing on this person"':
    'Aucune erreur n’est documentée : un 404 en JSON est lu comme « rien sur cette personne ».',
  'dates cannot be before today; end dates known at most 1 year ahead':
    'Les dates ne peuvent pas précéder aujourd’hui ; les dates de fin sont connues au plus un an à l’avance.',
  'only general scheme and hosted schemes': 'Le régime général et les régimes hébergés seulement.',
  'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.':
    'Seulement pour les établissements de soins et les organismes complémentaires, avec une convention. La seule spécification publique date de juillet 2019.',
  'only general scheme and hosted schemes (CNMSS, CAMIEG, ...), not MSA/MGEN':
    'Le régime général et les régimes hébergés (CNMSS, CAMIEG…) seulement, ni MSA ni MGEN.',
  'NIR travels in a request HEADER `nir`: redact headers in logs':
    'Le NIR voyage dans l’en-tête `nir` de la requête : masquez les en-têtes dans les journaux.',
  'no error is documented: a 404 in JSON is read as "not registered"':
    'Aucune erreur n’est documentée : un 404 en JSON est lu comme « pas inscrit ».',
  'camelCase, no envelope': 'En camelCase, sans enveloppe.',
  'API Particulier’s guide still says in April 2026 that it is FranceConnected; its newest page on data.gouv.fr no longer speaks of FranceConnect (read on 26 November 2026): confirm with France Travail first.':
    'Le guide d’API Particulier dit encore en avril 2026 qu’elle est FranceConnectée ; sa page la plus récente sur data.gouv.fr ne parle plus de FranceConnect (lue le 26 novembre 2026) : confirmez d’abord auprès de France Travail.',
  'mixed camelCase / snake_case; doc says Integer but the example has decimals':
    'Mélange de camelCase et de snake_case ; la documentation dit Integer, mais l’exemple a des décimales.',
  'AA-123-BB or 123 ABC 12': 'AA-123-BB ou 123 ABC 12',
  'id of the delegation of a software editor, where it has several':
    'identifiant de la délégation d’un éditeur de logiciels, quand il en a plusieurs',
  YYYY: 'AAAA',
  'YYYY-MM-DD': 'AAAA-MM-JJ',
  'stripped in FC mode (no data.identite)': 'retiré avec FranceConnect (pas de data.identite)',
  'no field': 'aucun champ',
  'stripped in FC mode': 'retiré avec FranceConnect',
  'no field in v3/v4 FC responses': 'aucun champ dans les réponses v3 et v4 avec FranceConnect',
  'data.identite_particulier (serializer returns it unconditionally; alone it gives 403 because *_identite* scopes are stripped)':
    'data.identite_particulier (rendu dans tous les cas ; seul, il donne 403, car les scopes *_identite* sont retirés)',
  'the income years that may be read; at least one is mandatory':
    'les années de revenus que l’on peut lire ; une au moins est obligatoire',
  'the whole answer': 'toute la réponse',
  'this resource, as its name tells (the mapping is not documented)':
    'cette ressource, comme son nom l’indique (la correspondance n’est pas documentée)'
}

/** English words that a field list may hold beside names of members. */
const english = /\b(the|with|only|no|in|is|are|that|may|mode|omits|or|and)\b/

/** A text of the catalogue in French; one that is made of names alone is the same in both languages. */
export const inFrench = (text) => french[text] ?? text

/** Texts of the catalogue, and whether they need to be said in French. */
export function untranslated(entries) {
  const texts = entries.flatMap(({ notes = [], statusNote, params, fields = {} }) => [
    ...[...notes, ...(statusNote ? [statusNote] : [])].map((text) => ({ text, sentence: true })),
    ...Object.values(params.properties ?? {}).map(({ description = '' }) => ({
      text: description,
      sentence: /YY/.test(description)
    })),
    ...Object.values(fields).map((text) => ({ text, sentence: false }))
  ])
  return [
    ...new Set(
      texts
        .filter(({ text, sentence }) => (sentence || english.test(text)) && !(text in french))
        .map(({ text }) => text)
    )
  ]
}
