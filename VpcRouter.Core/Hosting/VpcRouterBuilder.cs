using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

internal sealed class VpcRouterBuilder(IServiceCollection services) : IVpcRouterBuilder
{
    private readonly List<Assembly> _assemblies = [];
    private readonly List<string> _directories = [];

    public IServiceCollection Services { get; } = services;

    public IVpcRouterBuilder AddPlugins(params IEnumerable<Assembly> assemblies)
    {
        _assemblies.AddRange(assemblies);
        return UseCatalog();
    }

    public IVpcRouterBuilder AddPluginDirectories(params IEnumerable<string> directories)
    {
        _directories.AddRange(directories);
        return UseCatalog();
    }

    public IVpcRouterBuilder ConfigurePlugins(IReadOnlyDictionary<string, string> settings)
    {
        Services.Replace(ServiceDescriptor.Singleton(new PluginSettings(settings)));
        return this;
    }

    public IVpcRouterBuilder AddWatcher(string name) => Select<IWatcherPlugin>(PluginKind.Watcher, name);

    public IVpcRouterBuilder AddWatcher(Func<IServiceProvider, IWatcherPlugin> make) => Use(make);

    public IVpcRouterBuilder AddMonitor(string name) => Select<IMonitorPlugin>(PluginKind.Monitor, name);

    public IVpcRouterBuilder AddMonitor(Func<IServiceProvider, IMonitorPlugin> make) => Use(make);

    private VpcRouterBuilder UseCatalog()
    {
        Services.Replace(ServiceDescriptor.Singleton(PluginCatalog.FromAssemblies(_assemblies).WithDirectories(_directories)));
        return this;
    }

    private VpcRouterBuilder Select<TPlugin>(PluginKind kind, string name)
        where TPlugin : class, IAsyncDisposable =>
        Use<TPlugin>(provider =>
        {
            var instance = provider.GetRequiredService<IPluginFactory>().Create(kind, name);
            return ((TPlugin)instance.Plugin, instance);
        });

    private VpcRouterBuilder Use<TPlugin>(Func<IServiceProvider, TPlugin> make)
        where TPlugin : class, IAsyncDisposable =>
        Use<TPlugin>(provider => (make(provider), null));

    private VpcRouterBuilder Use<TPlugin>(Func<IServiceProvider, (TPlugin Plugin, PluginInstance? Instance)> make)
        where TPlugin : class, IAsyncDisposable
    {
        Services.Replace(ServiceDescriptor.Singleton(new PluginSource<TPlugin>(make)));
        return this;
    }
}
