// The notes of the catalogue in French: it is written in English, its pages are read in both languages.
const french = {
  'QF is for the current month (computed on M-1); CAF refreshes monthly after the first weekend; MSA in real time.':
    'Le quotient est celui du mois en cours (calculé sur M-1) ; la CAF le renouvelle chaque mois après le premier week-end, la MSA en temps réel.',
  'A 404 tells three things apart for nobody: no file, nothing drawn any more, or the first days of a month, before the CAF has computed its quotient: ask the month before then (derniersMois).':
    'Un 404 ne distingue pas trois cas : pas de dossier, plus de prestation, ou les premiers jours du mois, avant que la CAF n’ait calculé son quotient : demandez alors le mois précédent (derniersMois).',
  'The current month and the 23 before are kept; annee alone means its present month.':
    'Le mois en cours et les 23 précédents sont gardés ; annee seule désigne le mois présent de cette année-là.',
  'API Particulier may answer the cached month when another one is asked within 24 hours: `Cache-Control: no-cache` is sent with annee or mois.':
    'API Particulier peut répondre le mois qu’elle a en cache quand un autre est demandé dans les 24 heures : `Cache-Control: no-cache` est envoyé avec annee ou mois.',
  'A 404 does not prove that the person draws nothing: with `40003` the fund may not have answered, and a right may take up to 30 days to appear (seen for the C2S, suspected for the others).':
    'Un 404 ne prouve pas que la personne ne touche rien : avec `40003`, la caisse n’a peut-être pas répondu, et un droit peut mettre jusqu’à 30 jours à apparaître (constaté pour la C2S, supposé pour les autres).',
  'Field is `status` (3-value enum), not est_beneficiaire.':
    'Le champ est `status` (trois valeurs), et non est_beneficiaire.',
  'FC mode only from age 16 for an "ouvrant droit" (fiche).':
    'Par FranceConnect, à partir de 16 ans seulement pour un « ouvrant droit » (fiche).',
  'The scope is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.':
    'Le scope est absent du code public de FranceConnect du 24 février 2026, qui ignore les scopes inconnus : si le jeton de l’usager revient sans lui, demandez au support de FranceConnect.',
  'On DataPass in August 2026; absent from the OpenAPI of 28 April 2026, present in later versions. The perimeter is still being confirmed.':
    'Sur DataPass en août 2026 ; absente de l’OpenAPI du 28 avril 2026, présente dans des versions suivantes. Son périmètre reste à confirmer.',
  'Announced: mocked answers only so far, and its scope is in neither DataPass (6 August 2026) nor FranceConnect (24 February 2026).':
    'Annoncée : des réponses fictives seulement à ce jour, et son scope n’est ni dans DataPass (6 août 2026) ni chez FranceConnect (24 février 2026).',
  'Fiche alert: avec/sans participation can be wrong in some cases (fix was planned Nov 2025).':
    'Alerte de la fiche : avec ou sans participation peut être faux dans certains cas (correction prévue en novembre 2025).',
  '404 `37003`: the file was found and no child in it is under seven. A missing file gives 10003, 23003, 35003 or 40003.':
    '404 `37003` : le dossier existe et aucun enfant n’y a moins de sept ans. Un dossier absent donne 10003, 23003, 35003 ou 40003.',
  'Children of seven and more are said to be filtered out; the code of April 2026 returns them all: count by birthdate.':
    'Les enfants de sept ans et plus seraient écartés ; le code d’avril 2026 les rend tous : comptez d’après la date de naissance.',
  'Fiche alert: for MSA the resource year is wrong (current year instead of N-2).':
    'Alerte de la fiche : pour la MSA, l’année des ressources est fausse (l’année en cours au lieu de N-2).',
  'FranceConnect’s source spells `mesri_admission_etablissement_etude`, API Particulier checks `mesri_admission_etablissement_etudes`: give the spelling of your habilitation in `scopes`.':
    'Le code de FranceConnect écrit `mesri_admission_etablissement_etude`, API Particulier vérifie `mesri_admission_etablissement_etudes` : donnez dans `scopes` l’orthographe de votre habilitation.',
  'v5 is the default of the official clients since mid-2026; it adds `ine` and its scope. The OpenAPI of 28 April 2026 has only v3 and v4.':
    'La v5 est celle des clients officiels depuis la mi-2026 ; elle ajoute `ine` et son scope. L’OpenAPI du 28 avril 2026 n’a que la v3 et la v4.',
  '`cnous_statut_bourse` left DataPass on 6 August 2026: it is asked only where the service lists it.':
    '`cnous_statut_bourse` a quitté DataPass le 6 août 2026 : il n’est demandé que si le service le liste.',
  '`cnous_ine` is absent from FranceConnect’s public source of 24 February 2026, which ignores unknown scopes: when the citizen’s token comes back without it, ask FranceConnect’s support.':
    '`cnous_ine` est absent du code public de FranceConnect du 24 février 2026, qui ignore les scopes inconnus : si le jeton de l’usager revient sans lui, demandez au support de FranceConnect.',
  'Deprecated by v5.': 'Remplacée par la v5.',
  'Deprecated in the OpenAPI of 28 April 2026.': 'Dépréciée dans l’OpenAPI du 28 avril 2026.',
  'Answered for people of 16 to 25 years: 422 `39400` otherwise, which is read as nothing on this person.':
    'Répond pour les personnes de 16 à 25 ans : 422 `39400` sinon, qui est lu comme rien sur cette personne.',
  'In the OpenAPI and in FranceConnect’s list of scopes, but not among the scopes of DataPass in August 2026: how to be entitled is unknown. Its scopes are therefore asked only where the service lists them.':
    'Dans l’OpenAPI et dans la liste des scopes de FranceConnect, mais pas parmi ceux de DataPass en août 2026 : on ne sait pas comment y être habilité. Ses scopes ne sont donc demandés que si le service les liste.',
  'FC-only API; restricted to local authorities for resident parking pricing; progressive rollout.':
    'Par FranceConnect seulement ; réservée aux collectivités, pour le tarif du stationnement résident ; ouverture progressive.',
  'meta.identity_matching {family_name,given_name,birth_date: 0|1; overall_match: bool} : the plate must belong to the FC identity, else 404 42404 (42005 until 2026) "Identité non trouvée"; an unknown plate is 404 42003.':
    'meta.identity_matching {family_name,given_name,birth_date : 0|1 ; overall_match : booléen} : la plaque doit être à l’identité transmise par FranceConnect, sinon 404 42404 (42005 jusqu’en 2026) « Identité non trouvée » ; une plaque inconnue donne 404 42003.',
  'Replaces the older FC scope mi_siv_carte_grise.': 'Remplace l’ancien scope mi_siv_carte_grise de FranceConnect.',
  'Open on DataPass in August 2026 with the FranceConnect modality; the public swagger last changed on 30 April 2024.':
    'Ouverte sur DataPass en août 2026 avec la modalité FranceConnect ; le swagger public a changé pour la dernière fois le 30 avril 2024.',
  'At least one dgfip_annee_* scope is mandatory, and dgfip_annee_n_moins_2_si_indispo_n_moins_1 excludes the other years (rules of DataPass). The dgfip_RevDecl_*, dgfip_RevNets_*, dgfip_PaDeduc_* and dgfip_EpargRetrDeduc scopes are deprecated since 20 May 2025.':
    'Au moins un scope dgfip_annee_* est obligatoire, et dgfip_annee_n_moins_2_si_indispo_n_moins_1 exclut les autres années (règles de DataPass). Les scopes dgfip_RevDecl_*, dgfip_RevNets_*, dgfip_PaDeduc_* et dgfip_EpargRetrDeduc sont dépréciés depuis le 20 mai 2025.',
  'A 404 or 410 in JSON is read as "no tax file for this person and this year": no specification says so, an integrator met it.':
    'Un 404 ou un 410 en JSON est lu comme « pas de dossier fiscal pour cette personne et cette année » : aucune spécification ne le dit, un intégrateur l’a rencontré.',
  'no year parameter: avoids the "which year is available" problem':
    'Sans paramètre d’année : la question de l’année disponible ne se pose pas.',
  'swagger omits X-FranceConnect-OAuth on this path though it has no {spi}: probably an omission':
    'Le swagger omet X-FranceConnect-OAuth sur ce chemin, qui n’a pourtant pas de {spi} : sans doute un oubli.',
  "taxe d'habitation on main homes ended 2023: present availability of recent years unknown":
    'La taxe d’habitation sur la résidence principale a pris fin en 2023 : on ne sait pas si les années récentes sont disponibles.',
  'Only for care establishments and complementary health bodies, with a convention. The one public specification dates from July 2019.':
    'Réservée aux établissements de soins et aux organismes complémentaires, avec une convention. La seule spécification publique date de juillet 2019.',
  'no error is documented: a 404 in JSON is read as "nothing on this person"':
    'Aucune erreur n’est documentée : un 404 en JSON est lu comme « rien sur cette personne ».',
  'dates cannot be before today; end dates known at most 1 year ahead':
    'Les dates ne peuvent pas précéder aujourd’hui ; les fins de droits sont connues un an à l’avance au plus.',
  'only general scheme and hosted schemes': 'Régime général et régimes hébergés seulement.',
  'only general scheme and hosted schemes (CNMSS, CAMIEG, ...), not MSA/MGEN':
    'Régime général et régimes hébergés (CNMSS, CAMIEG…) seulement, ni MSA ni MGEN.',
  'NIR travels in a request HEADER `nir`: redact headers in logs':
    'Le NIR voyage dans l’en-tête `nir` de la requête : masquez les en-têtes dans les journaux.',
  'API Particulier’s guide still says in April 2026 that it is FranceConnected; its newest page on data.gouv.fr no longer speaks of FranceConnect (read on 26 November 2026): confirm with France Travail first.':
    'Le guide d’API Particulier la dit encore FranceConnectée en avril 2026 ; sa page la plus récente sur data.gouv.fr ne parle plus de FranceConnect (lue le 26 novembre 2026) : demandez d’abord confirmation à France Travail.',
  'no error is documented: a 404 in JSON is read as "not registered"':
    'Aucune erreur n’est documentée : un 404 en JSON est lu comme « non inscrit ».',
  'camelCase, no envelope': 'Noms en camelCase, sans enveloppe.',
  'mixed camelCase / snake_case; doc says Integer but the example has decimals':
    'Noms en camelCase et en snake_case mêlés ; la documentation dit Integer, mais son exemple a des décimales.',
  'stripped in FC mode (no data.identite)': 'retiré par FranceConnect (pas de data.identite)',
  'stripped in FC mode': 'retiré par FranceConnect',
  'no field': 'aucun champ',
  'no field in v3/v4 FC responses': 'aucun champ dans les réponses v3 et v4 par FranceConnect',
  'data.identite_particulier (serializer returns it unconditionally; alone it gives 403 because *_identite* scopes are stripped)':
    'data.identite_particulier (toujours rendu ; seul, il donne 403, car les scopes *_identite* sont retirés)',
  'the income years that may be read; at least one is mandatory':
    'les années de revenus qui peuvent être lues ; une au moins est obligatoire',
  'the whole answer': 'toute la réponse',
  'this resource, as its name tells (the mapping is not documented)':
    'cette ressource, comme son nom le dit (la correspondance n’est pas documentée)'
}

/** A note in the language of a page. Throws for one that has no French: the two languages say the same. */
export function noteIn(language, english) {
  if (language === 'en') return english
  const said = french[english]
  if (said === undefined) throw new Error(`site/notes-french.mjs has no French for: ${english}`)
  return said
}

/** What a scope opens: members, the same in both languages, or a phrase. */
export function opensIn(language, english) {
  return language === 'en' ? english : (french[english] ?? english)
}
