/** The script of desk and watch: the portal's, and keys that press buttons. */
import { shortcuts } from './components/button/shortcuts.ts';
import { submitOnce } from './components/button/submit-once.ts';
import { focusErrors } from './components/error-summary/focus-errors.ts';
import { calmEnter } from './components/field/calm-enter.ts';
import { printButtons } from './components/print-header/print-buttons.ts';
import { showCurrent } from './components/rail/show-current.ts';

focusErrors();
calmEnter();
submitOnce();
printButtons();
shortcuts();
showCurrent();
