/** The guides, followed to the letter in empty folders; one browser and one packing for all. */
import './walk/get-started.ts'
import './walk/without-franceconnect.ts'
