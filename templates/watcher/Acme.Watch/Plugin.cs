using Acme.Watch;
using VpcRouter.Plugins;

[assembly: VpcRouterPlugin("Acme.Watch", "reads the route spec from a URL", typeof(UrlWatcher), SettingsType = typeof(UrlWatcherSettings))]
