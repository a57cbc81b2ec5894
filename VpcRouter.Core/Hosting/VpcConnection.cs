using Amazon.EC2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Ownership;
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
    IOwnedRouteStore owned,
    ILogger<RouteReconciler> logger,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (IAmazonEC2 Client, string VpcId)? _ec2;
    private volatile RouteReconciler? _reconciler;

    /// <summary>The reconciler made last; <see langword="null"/> before the first.</summary>
    public RouteReconciler? Reconciler => _reconciler;

    /// <summary>Validates the options, finds out what they leave open, and makes the reconciler.</summary>
    /// <exception cref="SettingsException">The options are wrong, or region or VPC can't be found out.</exception>
    public async Task<RouteReconciler> OpenAsync(CancellationToken cancellationToken)
    {
        var router = options.Value;
        var errors = SettingsBinder.Validate(router);
        if (errors.Count > 0)
            throw new SettingsException(errors);
        var api = services.GetService<IVpcApi>() ?? await OpenEc2Async(cancellationToken).ConfigureAwait(false);
        var policy = new RoutePolicy
        {
            IgnoreRoutes = router.IgnoreRoutes,
            ManagedCidrs = router.ManagedCidrs,
            MaxDeletes = router.MaxDeletes,
            PanicThreshold = router.PanicThreshold,
            PanicWindow = router.PanicWindow,
        };
        return _reconciler = new RouteReconciler(api, policy, limits, logger, time, limiters, owned);
    }

    /// <summary>The one client for EC2 and the VPC, made when they are first asked for.</summary>
    /// <exception cref="SettingsException">The options are wrong, or region or VPC can't be found out; the next call tries again.</exception>
    public async Task<(IAmazonEC2 Client, string VpcId)> ConnectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _ec2 ??= await ConnectAsync(options.Value, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _ec2?.Client.Dispose();
        _gate.Dispose();
    }

    private async Task<IVpcApi> OpenEc2Async(CancellationToken cancellationToken)
    {
        var (client, vpcId) = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return new Ec2VpcApi(client, vpcId, time);
    }

    private async Task<(IAmazonEC2 Client, string VpcId)> ConnectAsync(VpcRouterOptions router, CancellationToken cancellationToken)
    {
        Uri? endpoint = null;
        if (router.EndpointUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out endpoint))
            throw new SettingsException([new SettingError("endpoint-url", url, "is not a URL; give for example http://127.0.0.1:4599")]);
        (router.Region, router.VpcId) = await VpcLocation.FindAsync(router.Region, router.VpcId, metadata, cancellationToken).ConfigureAwait(false);
        return (Ec2ClientFactory.Create(router.Region, endpoint), router.VpcId);
    }
}
