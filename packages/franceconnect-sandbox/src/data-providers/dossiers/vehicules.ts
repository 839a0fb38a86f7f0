/** A vehicle and whose it is, by the id of a citizen. */
export interface Vehicule {
  immatriculation: string
  titulaire: string
  statut: 'locataire' | 'titulaire' | 'cotitulaire'
  premiere: string
  location: [code: string, label: string] | null
  marque: string
  type: string
  nom: string
  masse: number
  categorie: [code: string, label: string]
  genre: [code: string, label: string]
  cylindree: number
  carburant: [code: string, label: string]
  co2: number
  norme: string
}

const voiture: Pick<Vehicule, 'categorie' | 'genre'> = {
  categorie: ['M1', 'Véhicule de transport de personnes, huit places assises au plus'],
  genre: ['VP', 'Voiture particulière']
}

/** The vehicles on the road. */
export const vehicules: Vehicule[] = [
  {
    ...voiture,
    immatriculation: 'FC-456-CD',
    titulaire: 'test',
    statut: 'titulaire',
    premiere: '2019-06-14',
    location: null,
    marque: 'RENAULT',
    type: 'M10RENVP000A000',
    nom: 'ZOÉ',
    masse: 1_943,
    cylindree: 0,
    carburant: ['EL', 'Électricité'],
    co2: 0,
    norme: 'Euro 6d'
  },
  {
    ...voiture,
    immatriculation: 'GH-123-JK',
    titulaire: 'plusieurs_prénoms_3',
    statut: 'locataire',
    premiere: '2021-02-10',
    location: ['1', 'Location de longue durée'],
    marque: 'PEUGEOT',
    type: 'M10PGTVP000B000',
    nom: 'RIFTER',
    masse: 2_020,
    cylindree: 1_499,
    carburant: ['GO', 'Gazole'],
    co2: 138,
    norme: 'Euro 6d-TEMP'
  },
  {
    immatriculation: '123 ABC 2A',
    titulaire: 'test_CORSE_2A',
    statut: 'cotitulaire',
    premiere: '1998-04-02',
    location: null,
    marque: 'CITROËN',
    type: 'M10CITCT000C000',
    nom: 'BERLINGO',
    masse: 1_780,
    categorie: ['N1', 'Véhicule de transport de marchandises de 3,5 tonnes au plus'],
    genre: ['CTTE', 'Camionnette'],
    cylindree: 1_868,
    carburant: ['GO', 'Gazole'],
    co2: 179,
    norme: 'Euro 2'
  }
]
