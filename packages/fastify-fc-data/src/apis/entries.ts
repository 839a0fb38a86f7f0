import { extraitImmatriculationVehicule } from './ants/extrait-immatriculation-vehicule.ts'
import { droitsBeneficiaire } from './cnam/droits-beneficiaire.ts'
import { droitsBeneficiaires } from './cnam/droits-beneficiaires.ts'
import { droitsCaisse } from './cnam/droits-caisse.ts'
import { droitsContrats } from './cnam/droits-contrats.ts'
import { droitsExonerations } from './cnam/droits-exonerations.ts'
import { droitsMe } from './cnam/droits-me.ts'
import { droitsMedecinTraitant } from './cnam/droits-medecin-traitant.ts'
import { etudiantBoursier } from './cnous/etudiant-boursier.ts'
import { etudiantBoursierV3 } from './cnous/etudiant-boursier-v3.ts'
import { etudiantBoursierV4 } from './cnous/etudiant-boursier-v4.ts'
import { derniereSituationIr } from './dgfip/derniere-situation-ir.ts'
import { derniereSituationIrDeuxAns } from './dgfip/derniere-situation-ir-deux-ans.ts'
import { situationIfi } from './dgfip/situation-ifi.ts'
import { situationIr } from './dgfip/situation-ir.ts'
import { situationIrFactures } from './dgfip/situation-ir-factures.ts'
import { situationThPrincipale } from './dgfip/situation-th-principale.ts'
import { situationsIrMultiple } from './dgfip/situations-ir-multiple.ts'
import { serviceNational } from './dsnj/service-national.ts'
import { allocationAdulteHandicape } from './dss/allocation-adulte-handicape.ts'
import { allocationEnfantHandicape } from './dss/allocation-enfant-handicape.ts'
import { allocationRentreeScolaire } from './dss/allocation-rentree-scolaire.ts'
import { allocationSoutienFamilial } from './dss/allocation-soutien-familial.ts'
import { complementaireSanteSolidaire } from './dss/complementaire-sante-solidaire.ts'
import { foyerRsa } from './dss/foyer-rsa.ts'
import { participationFamilialeEaje } from './dss/participation-familiale-eaje.ts'
import { primeActivite } from './dss/prime-activite.ts'
import { quotientFamilial } from './dss/quotient-familial.ts'
import { revenuSolidariteActive } from './dss/revenu-solidarite-active.ts'
import { paiements } from './france-travail/paiements.ts'
import { statut } from './france-travail/statut.ts'
import { serviceCivique } from './gip-mds/service-civique.ts'
import { statutEtudiant } from './mesri/statut-etudiant.ts'

/** Every API of the catalogue, in the order of the README's table. */
export const entries = [
  quotientFamilial,
  allocationAdulteHandicape,
  allocationEnfantHandicape,
  allocationRentreeScolaire,
  allocationSoutienFamilial,
  primeActivite,
  revenuSolidariteActive,
  foyerRsa,
  complementaireSanteSolidaire,
  participationFamilialeEaje,
  statutEtudiant,
  etudiantBoursier,
  etudiantBoursierV4,
  etudiantBoursierV3,
  serviceNational,
  serviceCivique,
  extraitImmatriculationVehicule,
  derniereSituationIrDeuxAns,
  derniereSituationIr,
  situationIr,
  situationsIrMultiple,
  situationIrFactures,
  situationIfi,
  situationThPrincipale,
  droitsMe,
  droitsBeneficiaires,
  droitsBeneficiaire,
  droitsCaisse,
  droitsContrats,
  droitsExonerations,
  droitsMedecinTraitant,
  statut,
  paiements
] as const
