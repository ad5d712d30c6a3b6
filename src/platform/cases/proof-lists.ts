import certificates from '../../../resources/catalogue/lists/certificates.json' with { type: 'json' };
import proofs from '../../../resources/catalogue/lists/proofs.json' with { type: 'json' };
import { publishedLists } from '../../domain/proofs/published-lists.ts';

/** The published lists that come with the catalogue: proofs that may still be asked for, certificates not asked for on paper. */
export const proofLists = publishedLists(certificates, proofs);
