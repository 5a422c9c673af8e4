/** Variables that open something. TF_VAR_ is what cdktf keeps back as well. */
const KEPT_BACK =
  /^TF_VAR_|^SF(DX)?_(.+_)?(ACCESS_TOKEN|REFRESH_TOKEN|CLIENT_SECRET|JWT_KEY|PASSWORD|SECURITY_TOKEN|AUTH_URL)$|^CLIENT_APPS_WEBHOOK_URL$/;

/** The environment of a child process, which needs no login to an org. */
export const withoutCredentials = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !KEPT_BACK.test(name)));

/**
 * The environment as it is, of which the process itself keeps no credentials: what it starts later does not inherit them,
 * and a diagnostic report of Node, which lists the environment, has none.
 */
export function takenOver(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment = { ...own };
  for (const name of Object.keys(own)) if (KEPT_BACK.test(name)) Reflect.deleteProperty(own, name);
  return environment;
}
