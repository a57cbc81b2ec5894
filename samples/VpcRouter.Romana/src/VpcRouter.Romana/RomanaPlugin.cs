using VpcRouter.Plugins;
using VpcRouter.Romana;

[assembly: VpcRouterPlugin("VpcRouter.Romana", "makes routes from the topology that Romana keeps in etcd", typeof(RomanaWatcher), SettingsType = typeof(RomanaSettings))]
