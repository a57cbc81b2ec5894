using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VpcRouter.AspNetCore.Events;
using VpcRouter.AspNetCore.Inbox;
using VpcRouter.AspNetCore.Metrics;
using VpcRouter.AspNetCore.Page;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.AspNetCore.Security;
using VpcRouter.Hosting;
using VpcRouter.RouteSpecs;
using VpcRouter.Storage;

namespace VpcRouter.AspNetCore;

/// <summary>Mounts VpcRouter's HTTP surface in an ASP.NET Core app.</summary>
public static class VpcRouterEndpoints
{
    private static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Registers what the endpoints and the <c>http</c> watcher need, where it isn't registered yet. The app registers
    /// <see cref="IRouterState"/>, as <c>AddVpcRouter()</c> does, and may register <see cref="RouterParameters"/> of its own.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets who may use the endpoints.</param>
    public static IServiceCollection AddVpcRouterEndpoints(this IServiceCollection services, Action<VpcRouterHttpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<VpcRouterHttpOptions>();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => RouterParameters.Of(OptionsOf(provider)));
        services.TryAddSingleton(provider => new RouteSpecReader(new RouteSpecReaderOptions { AllowEmptySpec = OptionsOf(provider).AllowEmptySpec }));
        services.TryAddSingleton(provider => StateFolder.Find(OptionsOf(provider).StateDirectory, Environment.GetEnvironmentVariable));
        services.TryAddSingleton<SpecStore>();
        services.TryAddSingleton<RouteSpecInbox>();
        services.TryAddSingleton<BodyReader>();
        services.TryAddSingleton<SpecWait>();
        services.TryAddSingleton<AccessToken>();
        services.TryAddSingleton<HostCheck>();
        services.TryAddSingleton<RequestGuard>();
        services.TryAddSingleton<RouteSpecEndpoint>();
        services.TryAddSingleton<RouteBoards>();
        services.TryAddSingleton(_ => new RenderGate(Math.Max(1, Environment.ProcessorCount / 2)));
        services.TryAddSingleton<SharedAnswers>();
        services.TryAddSingleton<StatusEndpoints>();
        services.TryAddSingleton<EventFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventFeed>(provider => provider.GetRequiredService<EventFeed>()));
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<MetricsEndpoint>();
        return services;
    }

    /// <summary>
    /// Maps <c>/</c> with the files of its page, <c>/ips</c>, <c>/plugins</c>, <c>/route_info</c>, <c>/vpc</c>, <c>/topology</c>,
    /// <c>/events</c>, <c>/history</c>, <c>/metrics</c>, <c>/route_spec</c>, <c>/healthz</c> and <c>/readyz</c>. Map them on a route group
    /// to mount them below a prefix.
    /// </summary>
    /// <param name="endpoints">The app or a group of it.</param>
    /// <returns>Takes conventions for all of them, such as authorization; it comes on top of what <see cref="VpcRouterHttpOptions"/> asks for.</returns>
    /// <exception cref="InvalidOperationException"><see cref="AddVpcRouterEndpoints"/> was not called, or nobody registered <see cref="IRouterState"/>.</exception>
    /// <exception cref="Settings.SettingsException">The token is unfit or can't be read, or a name of <see cref="VpcRouterHttpOptions.AllowedHosts"/> is none.</exception>
    public static IEndpointConventionBuilder MapVpcRouter(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // Resolved now, so that an app that lacks something says so when it starts and not when it is asked.
        var status = endpoints.ServiceProvider.GetRequiredService<StatusEndpoints>();
        var routeSpec = endpoints.ServiceProvider.GetRequiredService<RouteSpecEndpoint>();
        var events = endpoints.ServiceProvider.GetRequiredService<EventsEndpoint>();
        var metrics = endpoints.ServiceProvider.GetRequiredService<MetricsEndpoint>().Prepare(endpoints);
        var guard = endpoints.ServiceProvider.GetRequiredService<RequestGuard>();
        var group = endpoints.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(guard.Protect);
        group.AddEndpointFilter<RouteGroupBuilder, FailureFilter>();
        group.MapMethods("/", Looking, status.Overview);
        group.MapMethods("/ips", Looking, (Delegate)status.HostsAsync);
        group.MapMethods("/plugins", Looking, status.Plugins);
        group.MapMethods("/route_info", Looking, (Delegate)status.RouteInfoAsync);
        group.MapMethods("/vpc", Looking, (Delegate)status.VpcAsync);
        group.MapMethods("/topology", Looking, (Delegate)status.TopologyAsync);
        group.MapMethods("/events", Looking, events.Events);
        group.MapMethods("/history", Looking, (Delegate)events.HistoryAsync);
        group.MapMethods("/metrics", Looking, (Delegate)metrics.ScrapeAsync);
        group.MapMethods("/page/{file}", Looking, PageEndpoints.File);
        group.MapMethods("/healthz", Looking, status.Healthy).WithMetadata(ProbeEndpoint.Instance);
        group.MapMethods("/readyz", Looking, status.Ready).WithMetadata(ProbeEndpoint.Instance);
        group.MapMethods("/route_spec", Looking, routeSpec.Get);

        // The server stops reading one byte later than the handler, whose answer says more.
        group.MapPost("/route_spec", (Delegate)routeSpec.PostAsync)
            .WithMetadata(new RequestSizeLimitAttribute(RouteSpecReader.MaximumBytes + 1));
        return group;
    }

    private static VpcRouterOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<VpcRouterOptions>>().Value;
}
