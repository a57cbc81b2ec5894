using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

/// <summary>Goes on with what <see cref="VpcRouterServiceCollectionExtensions.AddVpcRouter"/> began. Not thread-safe.</summary>
public interface IVpcRouterBuilder
{
    /// <summary>The services being registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>Makes the plugins that assemblies declare selectable by name.</summary>
    IVpcRouterBuilder AddPlugins(params IEnumerable<Assembly> assemblies);

    /// <summary>Makes the plugins installed in plugin directories selectable by name; see <see cref="PluginCatalog.WithDirectories"/>.</summary>
    IVpcRouterBuilder AddPluginDirectories(params IEnumerable<string> directories);

    /// <summary>Gives the settings of plugins selected by name, as raw texts by setting name.</summary>
    IVpcRouterBuilder ConfigurePlugins(IReadOnlyDictionary<string, string> settings);

    /// <summary>Selects the watcher by name.</summary>
    IVpcRouterBuilder AddWatcher(string name);

    /// <summary>Gives the watcher as code; called anew for each start.</summary>
    IVpcRouterBuilder AddWatcher(Func<IServiceProvider, IWatcherPlugin> make);

    /// <summary>Selects the monitor by name.</summary>
    IVpcRouterBuilder AddMonitor(string name);

    /// <summary>Gives the monitor as code; called anew for each start.</summary>
    IVpcRouterBuilder AddMonitor(Func<IServiceProvider, IMonitorPlugin> make);
}
