using Acme.Probe;
using VpcRouter.Plugins;

[assembly: VpcRouterPlugin("Acme.Probe", "a host is alive when it greets on a TCP port", typeof(GreetingMonitor), SettingsType = typeof(GreetingSettings))]
