// Behaviour of the components (focus of the error summary, show password, counts of characters). Every page works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
