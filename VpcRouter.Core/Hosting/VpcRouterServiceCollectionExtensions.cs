using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Hosting.Events;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Hosting.Metrics;
using VpcRouter.Plugins;
using VpcRouter.Reconciliation.Ownership;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Hosting;

/// <summary>Registers the router with a host.</summary>
public static class VpcRouterServiceCollectionExtensions
{
    /// <summary>
    /// Registers the router as a hosted service. What is registered already, such as an <see cref="IVpcApi"/> or a
    /// <see cref="TimeProvider"/> of one's own, stays. The host brings logging. A watcher and a monitor must be added to the builder returned.
    /// </summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="configure">Sets the options; region and VPC come from instance metadata when they are left out.</param>
    public static IVpcRouterBuilder AddVpcRouter(this IServiceCollection services, Action<VpcRouterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<VpcRouterOptions>();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PluginCatalog.FromAssemblies());
        services.TryAddSingleton(new PluginSettings(new Dictionary<string, string>()));
        services.TryAddSingleton<IPluginFactory, PluginFactory>();
        services.TryAddSingleton(provider => new RouteSpecReader(new RouteSpecReaderOptions { AllowEmptySpec = OptionsOf(provider).AllowEmptySpec }));
        services.TryAddSingleton(provider => OptionsOf(provider).WriteLimits);
        services.TryAddSingleton<IWriteLimiterFactory, TokenBucketLimiters>();
        services.TryAddSingleton<InstanceMetadata>(_ => new InstanceMetadata());
        services.TryAddSingleton<VpcConnection>();
        services.TryAddSingleton<IInstanceStatusApi, ConfiguredInstanceStatusApi>();
        services.TryAddSingleton<RouterState>();
        services.TryAddSingleton<IRouterState>(provider => provider.GetRequiredService<RouterState>());
        services.TryAddSingleton<IRouteExplanations, RouteExplanations>();
        services.TryAddSingleton<RouterEvents>();
        services.TryAddSingleton<IRouterEvents>(provider => provider.GetRequiredService<RouterEvents>());
        services.TryAddSingleton(provider => StateFolder.Find(OptionsOf(provider).StateDirectory, Environment.GetEnvironmentVariable));
        services.TryAddSingleton<IOwnedRouteStore>(provider => new OwnedRouteFile(provider.GetRequiredService<StateFolder>(), JournalMemoryOf(OptionsOf(provider)), provider.GetRequiredService<ILogger<OwnedRouteFile>>()));
        services.TryAddSingleton<RouteJournal>();
        services.TryAddSingleton<RouterMetrics>();
        services.TryAddSingleton<IPlanPreview, PlanPreview>();
        services.TryAddSingleton<RouterService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RouterService>(provider => provider.GetRequiredService<RouterService>()));
        return new VpcRouterBuilder(services);
    }

    private static Func<string, IReadOnlyList<OwnedRoute>> JournalMemoryOf(VpcRouterOptions options) =>
        vpcId => options.Journal is { Length: > 0 } path ? JournalMemory.OwnedRoutesOf(path, options.JournalFiles, vpcId) : [];

    private static VpcRouterOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<VpcRouterOptions>>().Value;
}
