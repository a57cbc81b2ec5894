using VpcRouter.Plugins;
using VpcRouter.Watchers;

namespace VpcRouter.Tests.Watchers;

public class BuiltInWatchersTests
{
    [Test]
    public void Assembly_Catalogued_HoldsTheThree()
    {
        var plugins = PluginCatalog.FromAssemblies(BuiltInWatchers.Assembly).Plugins;

        plugins.Select(plugin => (plugin.Name, plugin.Kind)).Should().Equal(
            ("configfile", PluginKind.Watcher), ("fixedconf", PluginKind.Watcher), ("http", PluginKind.Watcher));
        plugins.SelectMany(plugin => plugin.Settings).Select(setting => setting.Name).Should().Equal("file", "fixed-cidr", "fixed-hosts");
    }
}
