using System.Reflection;
using VpcRouter.Plugins;
using VpcRouter.Watchers.ConfigFile;
using VpcRouter.Watchers.FixedConf;
using VpcRouter.Watchers.Http;

[assembly: VpcRouterPlugin("configfile", "reads the route spec from a file and follows its changes", typeof(ConfigFileWatcher), SettingsType = typeof(ConfigFileSettings))]
[assembly: VpcRouterPlugin("fixedconf", "one destination and its hosts, given on the command line", typeof(FixedConfWatcher), SettingsType = typeof(FixedConfSettings))]
[assembly: VpcRouterPlugin("http", "takes the route spec from POST /route_spec", typeof(HttpWatcher))]

namespace VpcRouter.Watchers;

/// <summary>Where the built-in watchers are: <c>configfile</c>, <c>fixedconf</c> and <c>http</c>.</summary>
public static class BuiltInWatchers
{
    /// <summary>The assembly that declares them, for <see cref="PluginCatalog.FromAssemblies"/>.</summary>
    public static Assembly Assembly => typeof(BuiltInWatchers).Assembly;
}
