/** The portal's optional script: every page works without it. */
import { submitOnce } from './components/button/submit-once.ts';
import { focusErrors } from './components/error-summary/focus-errors.ts';
import { calmEnter } from './components/field/calm-enter.ts';
import { printButtons } from './components/print-header/print-buttons.ts';
import { readAloudButton } from './components/read-aloud/read-aloud-button.ts';

focusErrors();
calmEnter();
submitOnce();
printButtons();
readAloudButton();
