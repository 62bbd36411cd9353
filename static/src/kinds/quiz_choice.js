/** Results of a quiz question with options: the bars of a choice, with what is correct marked once it is revealed. */
export { VEILS, draw } from "./choice.js";
