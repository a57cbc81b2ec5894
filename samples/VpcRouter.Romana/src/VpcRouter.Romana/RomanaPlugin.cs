using VpcRouter.Plugins;
using VpcRouter.Romana;

[assembly: VpcRouterPlugin("VpcRouter.Romana", "Makes routes from the topology that Romana keeps in etcd.", typeof(RomanaWatcher), SettingsType = typeof(RomanaSettings))]
[assembly: VpcRouterPlugin("vpcrouter_romana_plugin.romana", "VpcRouter.Romana by the name of its predecessor.", typeof(RomanaWatcher), SettingsType = typeof(RomanaSettings))]
