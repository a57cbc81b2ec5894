using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

/// <summary>Where the watcher or the monitor comes from: a name in the catalog, or code.</summary>
internal sealed record PluginSource<TPlugin>(Func<IServiceProvider, (TPlugin Plugin, PluginInstance? Instance)> Make)
    where TPlugin : class, IAsyncDisposable;
