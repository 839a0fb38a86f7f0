/** An income year whose notice exists at any date, opened by `dgfip_annee_n_moins_2`: last year's comes out in August. */
export const annrev = new Date().getUTCFullYear() - 2
