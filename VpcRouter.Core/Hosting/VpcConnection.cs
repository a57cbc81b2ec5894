using Amazon.EC2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.Settings;
using VpcRouter.Vpc;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Hosting;

/// <summary>Makes the reconciler for the VPC that the options name: the host's own <see cref="IVpcApi"/>, or else EC2's. Thread-safe.</summary>
internal sealed class VpcConnection(
    IOptions<VpcRouterOptions> options,
    IServiceProvider services,
    InstanceMetadata metadata,
    WriteLimits limits,
    IWriteLimiterFactory limiters,
    ILogger<RouteReconciler> logger,
    TimeProvider time) : IDisposable
{
    private IAmazonEC2? _client;

    /// <summary>Validates the options, finds out what they leave open, and makes the reconciler.</summary>
    /// <exception cref="SettingsException">The options are wrong, or region or VPC can't be found out.</exception>
    public async Task<RouteReconciler> OpenAsync(CancellationToken cancellationToken)
    {
        var router = options.Value;
        var errors = SettingsBinder.Validate(router);
        if (errors.Count > 0)
            throw new SettingsException(errors);
        var api = services.GetService<IVpcApi>() ?? await ConnectAsync(router, cancellationToken).ConfigureAwait(false);
        var policy = new RoutePolicy { IgnoreRoutes = router.IgnoreRoutes, ManagedCidrs = router.ManagedCidrs };
        return new RouteReconciler(api, policy, limits, logger, time, limiters);
    }

    public void Dispose() => _client?.Dispose();

    private async Task<Ec2VpcApi> ConnectAsync(VpcRouterOptions router, CancellationToken cancellationToken)
    {
        Uri? endpoint = null;
        if (router.EndpointUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out endpoint))
            throw new SettingsException([new SettingError("endpoint-url", url, "is not a URL; give for example http://127.0.0.1:4599")]);
        (router.Region, router.VpcId) = await VpcLocation.FindAsync(router.Region, router.VpcId, metadata, cancellationToken).ConfigureAwait(false);
        _client = Ec2ClientFactory.Create(router.Region, endpoint);
        return new Ec2VpcApi(_client, router.VpcId, time);
    }
}
