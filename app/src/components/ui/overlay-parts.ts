export { ConfirmFrame } from './confirm-frame';
export { DialogFrame } from './dialog-frame';
export { SheetFrame } from './sheet-frame';
