export { applyAppChange } from './apply-app';
export { planAppChange } from './plan-app';
export { readApp } from './read-app';
